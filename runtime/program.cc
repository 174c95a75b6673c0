#include "runtime/program.h"

#include <string.h>

#include "runtime/layout.h"
#include "stream/stream.h"

namespace cortado::runtime {

std::size_t Program::table_bytes(std::size_t ports, std::size_t states, std::size_t instructions) {
  return round_up(sizeof(Program), Arena::unit) + round_up(ports * sizeof(Port), Arena::unit) +
         round_up(states * sizeof(State), Arena::unit) + round_up(instructions * sizeof(Instruction), Arena::unit);
}

const ops::Kernel stream_row = {"cortado::stream", 0, sizeof(StreamPlan), nullptr, nullptr};

bool Program::advance(const Instruction& instruction, bool whole) {
  if (instruction.kernel->run != nullptr) {
    ++next_;
    return instruction.kernel->run(instruction.plan);
  }
  if (instruction.kernel == &stream_row) {
    stream::Stream& stream = *static_cast<const StreamPlan*>(instruction.plan)->stream;
    if (!in_stream_) stream.begin();
    do in_stream_ = stream.step();
    while (in_stream_ && whole);
    if (!in_stream_) ++next_;
  } else {
    const auto& jump = *static_cast<const JumpPlan*>(instruction.plan);
    next_ = *jump.condition != 0 ? next_ + 1 : jump.destination;
  }
  return true;
}

bool Program::step(bool whole) {
  if (next_ >= instruction_count_) {
    next_ = 0;
    return false;
  }
  const std::uint32_t index = next_;
  if (index == 0) failed_instruction_ = -1;
  const Instruction& instruction = instructions_[index];
  if (observer_.instruction != nullptr)
    observer_.instruction(observer_.context, index, instruction.kernel->name, false);
  if (!advance(instruction, whole)) return fail(index);
  if (observer_.instruction != nullptr) observer_.instruction(observer_.context, index, instruction.kernel->name, true);
  if (next_ < instruction_count_) return true;
  next_ = 0;
  return false;
}

bool Program::fail(std::uint32_t index) {
  failed_instruction_ = static_cast<std::int32_t>(index);
  next_ = 0;
  return false;
}

bool Program::run() {
  next_ = 0;
  in_stream_ = false;
  const bool whole = observer_.instruction == nullptr;
  while (step(whole)) {
  }
  return !failed();
}

void Program::reset() {
  next_ = 0;
  in_stream_ = false;
  failed_instruction_ = -1;
  for (std::uint32_t i = 0; i < state_count_; ++i) {
    if (states_[i].initial != nullptr)
      memcpy(states_[i].data, states_[i].initial, states_[i].bytes);
    else
      memset(states_[i].data, 0, states_[i].bytes);
  }
}

const char* Program::instruction_name(std::uint32_t index) const {
  return index < instruction_count_ ? instructions_[index].kernel->name : "";
}

const stream::Stream* Program::instruction_stream(std::uint32_t index) const {
  if (index >= instruction_count_ || instructions_[index].kernel != &stream_row) return nullptr;
  return static_cast<const StreamPlan*>(instructions_[index].plan)->stream;
}

std::uint32_t method_count(const void* program, std::size_t program_bytes) {
  ErrorReport report;
  pte::File file;
  return file.open(program, program_bytes, report) == ErrorCode::ok ? file.methods().count() : 0;
}

ops::String method_name(const void* program, std::size_t program_bytes, std::uint32_t index) {
  ErrorReport report;
  pte::File file;
  if (file.open(program, program_bytes, report) != ErrorCode::ok || index >= file.methods().count()) return {};
  const pte::Text name = file.methods()[index].text(pte::field::execution_plan::name);
  if (file.buffer().damaged()) return {};
  ops::String result;
  result.text = name.text;
  result.length = name.length;
  return result;
}

}  // namespace cortado::runtime
