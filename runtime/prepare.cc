// Loader, second half: instructions become rows of kernels and plans.
#include <string.h>

#include "runtime/calls.h"
#include "runtime/loader.h"
#include "stream/stream.h"

namespace cortado::runtime {
namespace {

constexpr ops::Kernel move_row = {"executorch::move", 0, sizeof(MovePlan), nullptr, [](const void* plan) {
                                    const auto& move = *static_cast<const MovePlan*>(plan);
                                    memmove(move.to, move.from, move.bytes);
                                    return true;
                                  }};
constexpr ops::Kernel free_row = {"executorch::free", 0, 0, nullptr, [](const void*) { return true; }};
constexpr ops::Kernel jump_row = {"executorch::jump_false", 0, sizeof(JumpPlan), nullptr, nullptr};

const char* row_name(const InstructionRecord& record) {
  switch (record.kind) {
    case pte::InstructionKind::kernel_call: return record.kernel != nullptr ? record.kernel->name : "kernel call";
    case pte::InstructionKind::delegate_call: return stream_row.name;
    case pte::InstructionKind::move: return move_row.name;
    case pte::InstructionKind::jump_false: return jump_row.name;
    default: return "";
  }
}

}  // namespace

ErrorCode Loader::make_instructions(Program& program) {
  const std::uint32_t count = method_.instructions.count();
  auto* rows = arena_.keep_array<Program::Instruction>(count);
  if (rows == nullptr) return out_of_memory();
  program.instructions_ = rows;
  program.instruction_count_ = count;
  for (std::uint32_t i = 0; i < count; ++i)
    if (make_instruction(i, rows[i]) != ErrorCode::ok) return report_->code();
  return ErrorCode::ok;
}

ErrorCode Loader::make_instruction(std::uint32_t index, Program::Instruction& instruction) {
  InstructionRecord record;
  if (method_.instruction(index, *options_->kernels, record, *report_) != ErrorCode::ok) return report_->code();
  ErrorCode code = ErrorCode::ok;
  instruction = {&free_row, nullptr};
  if (record.kind == pte::InstructionKind::kernel_call) code = make_call(record, instruction);
  if (record.kind == pte::InstructionKind::delegate_call) code = make_stream(record, instruction);
  if (record.kind == pte::InstructionKind::move) code = make_move(record, instruction);
  if (record.kind == pte::InstructionKind::jump_false) code = make_jump(record, instruction);
  if (code != ErrorCode::ok && code != ErrorCode::arena_too_small)
    report_->add(" (instruction ").add(index).add(", ").add(row_name(record)).add(")");
  return code;
}

ErrorCode Loader::make_call(const InstructionRecord& record, Program::Instruction& instruction) {
  void* plan = arena_.keep(record.kernel->plan_bytes);
  if (plan == nullptr) return out_of_memory();
  instruction = {record.kernel, plan};
  return all_calls(tensors_, arena_, record, plan, *report_, out_of_memory_);
}

ErrorCode Loader::stream_argument(std::int32_t value, stream::Argument& argument) {
  const InputRows& rows = options_->rows;
  if (rows.source.read != nullptr && method_.inputs[rows.input] == value) {
    argument = {nullptr, unplanned_.inputs[rows.input].bytes, false, &rows.source};
    return ErrorCode::ok;
  }
  ops::Tensor tensor;
  if (tensors_.read(value, "a tensor", tensor, *report_) != ErrorCode::ok) return report_->code();
  argument = {tensor.data, tensor.bytes(), tensor.is_constant, nullptr};
  return ErrorCode::ok;
}

ErrorCode Loader::make_stream(const InstructionRecord& record, Program::Instruction& instruction) {
  stream::Argument arguments[stream::max_arguments];
  const std::uint32_t count = record.arguments.count;
  if (count > stream::max_arguments)
    return report_->fail(ErrorCode::invalid_program, "the native program has too many tensors: ").add(count);
  for (std::uint32_t i = 0; i < count; ++i)
    if (stream_argument(record.arguments[i], arguments[i]) != ErrorCode::ok) return report_->code();
  stream::Blob blob;
  if (blob.open(record.blob, record.blob_bytes, *report_) != ErrorCode::ok) return report_->code();
  auto* plan = arena_.keep_array<StreamPlan>(1);
  void* memory = arena_.keep(stream::Stream::table_bytes(blob));
  if (plan == nullptr || memory == nullptr) return out_of_memory();
  plan->stream = stream::Stream::prepare(blob, *options_->stages, arguments, count, memory, *report_);
  instruction = {&stream_row, plan};
  return report_->code();
}

// ExecuTorch lets `to` name the memory of `from` from here on; copying the content is the same to every reader.
ErrorCode Loader::make_move(const InstructionRecord& record, Program::Instruction& instruction) {
  auto* plan = arena_.keep_array<MovePlan>(1);
  if (plan == nullptr) return out_of_memory();
  ops::Tensor from;
  ops::Tensor to;
  if (tensors_.read(record.from, "the source", from, *report_) != ErrorCode::ok) return report_->code();
  if (tensors_.read(record.to, "the destination", to, *report_) != ErrorCode::ok) return report_->code();
  if (to.is_constant) return report_->fail(ErrorCode::invalid_program, "the destination is a constant");
  if (from.dtype != to.dtype || !ops::same_sizes(from, to) || !ops::same_order(from, to))
    return report_->fail(ErrorCode::invalid_program, "source and destination differ in type, shape or memory order");
  *plan = {from.data, to.data, to.bytes()};
  instruction = {&move_row, plan};
  return ErrorCode::ok;
}

ErrorCode Loader::make_jump(const InstructionRecord& record, Program::Instruction& instruction) {
  static const std::uint8_t constants[2] = {0, 1};
  auto* plan = arena_.keep_array<JumpPlan>(1);
  if (plan == nullptr) return out_of_memory();
  plan->destination = static_cast<std::uint32_t>(record.to);
  ValueRecord value;
  if (method_.value(record.from, value, *report_) != ErrorCode::ok) return report_->code();
  if (value.kind == pte::ValueKind::boolean) {
    plan->condition = &constants[method_.table(value).scalar<std::uint8_t>(pte::field::scalar::value) != 0 ? 1 : 0];
  } else {
    ops::Tensor condition;
    if (tensors_.read(record.from, "the condition", condition, *report_) != ErrorCode::ok) return report_->code();
    if (condition.dtype != DType::boolean || condition.elements() != 1)
      return report_->fail(ErrorCode::invalid_program, "the condition is not a single bool");
    plan->condition = condition.as<std::uint8_t>();
  }
  instruction = {&jump_row, plan};
  return method_.file.check_damage(*report_);
}

}  // namespace cortado::runtime
