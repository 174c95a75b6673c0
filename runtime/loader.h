// Turns a method into a Program in the caller's memory. Host and target, C++17, no heap.
#pragma once

#include "runtime/arena.h"
#include "runtime/layout.h"
#include "runtime/tensor_values.h"
#include "stream/stream.h"

namespace cortado::runtime {

class Loader {
 public:
  Loader(const Options& options, ErrorReport& report) : options_(&options), report_(&report) {}
  Program* load();

 private:
  ErrorCode load(Program*& program);
  // Memory: finds every region's address and makes the arena for the tables.
  ErrorCode place_memory();
  ErrorCode place_regions(std::uint8_t* working, std::uint8_t* persistent);
  // Tables, in this order.
  ErrorCode make_ports(Program& program);
  ErrorCode make_port(bool is_output, std::uint32_t index, Port& port);
  ErrorCode make_states(Program& program);
  ErrorCode make_instructions(Program& program);
  ErrorCode make_instruction(std::uint32_t index, Program::Instruction& instruction);
  ErrorCode make_call(const InstructionRecord& record, Program::Instruction& instruction);
  ErrorCode stream_argument(std::int32_t value, stream::Argument& argument);
  ErrorCode make_stream(const InstructionRecord& record, Program::Instruction& instruction);
  ErrorCode make_move(const InstructionRecord& record, Program::Instruction& instruction);
  ErrorCode make_jump(const InstructionRecord& record, Program::Instruction& instruction);

  ErrorCode out_of_memory();
  void explain_memory();
  void log(const char* text);

  const Options* options_;
  ErrorReport* report_;
  Method method_;
  Layout layout_;
  Arena arena_{nullptr, nullptr, 0};
  std::uint8_t* unplanned_next_ = nullptr;  // memory for the next unplanned port
  UnplannedMemory unplanned_{&method_, nullptr, nullptr, 0, 0};
  TensorValues tensors_{&method_, &unplanned_};
  bool out_of_memory_ = false;
};

}  // namespace cortado::runtime
