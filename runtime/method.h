// One method of a program, opened: its tables, its kernels' rows and its memory regions. Used by measure and load.
#pragma once

#include "formats/pte/read/fields.h"
#include "formats/pte/read/tensor.h"
#include "runtime/program.h"

namespace cortado::runtime {

// A value of the file: its kind and where the table of that kind lies.
struct ValueRecord {
  pte::ValueKind kind = pte::ValueKind::absent;
  std::uint32_t position = 0;
};

// An instruction of the file. Which members mean something depends on the kind.
struct InstructionRecord {
  pte::InstructionKind kind = pte::InstructionKind::absent;
  const ops::Kernel* kernel = nullptr;  // kernel_call
  pte::Vector<std::int32_t>
      arguments;                  // kernel_call: the kernel's, then the returned value; as many as the kernel wants
  std::int32_t from = 0, to = 0;  // move: values. jump_false: the condition, and the instruction to go on with
  const std::uint8_t* blob = nullptr;  // delegate_call: the backend's program; arguments are the tensors
  std::size_t blob_bytes = 0;
};

// A planned memory region of the file.
struct Region {
  std::size_t bytes = 0;
  std::uint8_t* base = nullptr;  // set by the loader
  bool persists = false;         // holds a mutable buffer, so that its content must survive between runs
};

struct Method {
  static constexpr std::uint32_t max_regions = 8;
  static constexpr std::uint32_t max_ports = 256;  // inputs, and outputs

  pte::File file;
  pte::Vector<std::uint32_t> values;  // references to EValue tables
  pte::Tables operators, instructions, delegates;
  pte::Vector<std::int32_t> inputs, outputs;
  std::uint32_t region_count = 0;   // memory_id 1 … region_count
  Region regions[max_regions + 1];  // by memory_id; 0 is unused

  ErrorCode open(const Options& options, ErrorReport& report);

  // Instruction `index`, with its operator found. Jumps lead forward, so that every run ends.
  ErrorCode instruction(std::uint32_t index, const ops::KernelTable& kernels, InstructionRecord& record,
                        ErrorReport& report);
  // Value `index`, which may be anything.
  ErrorCode value(std::int32_t index, ValueRecord& value, ErrorReport& report);
  // The value's table, for its fields.
  pte::Table table(const ValueRecord& value) { return {file.buffer(), value.position}; }
  std::int64_t integer(const ValueRecord& value);  // of kind integer
  // A tensor value, with its region checked. Unplanned tensors keep data == nullptr.
  ErrorCode tensor(const ValueRecord& value, pte::TensorRecord& record, ErrorReport& report);

  // Calls f(const TensorRecord&) for every mutable buffer until f returns false.
  template <class F>
  ErrorCode for_each_state(F f, ErrorReport& report);

 private:
  pte::KnownTables<2> known_values_;
  pte::KnownTables<1> known_integers_;
  static constexpr std::uint32_t cached_operators = 48;
  const ops::Kernel* found_[cached_operators] = {};  // rows of operators met before

  ErrorCode kernel_call(const pte::Table& call, const ops::KernelTable& kernels, InstructionRecord& record,
                        ErrorReport& report);
  // The row for an operator of the file. Missing: an error that names it.
  ErrorCode find_kernel(const ops::KernelTable& kernels, std::uint32_t index, const ops::Kernel*& kernel,
                        ErrorReport& report);
  ErrorCode delegate_call(const pte::Table& call, InstructionRecord& record, ErrorReport& report);
  ErrorCode open_regions(const pte::Table& plan, ErrorReport& report);
  // The first argument of an operator that works in place ("aten::copy_") is a buffer that persists.
  ErrorCode in_place_target(std::uint32_t instruction, pte::TensorRecord& record, bool& found, ErrorReport& report);
  bool has_in_place_operators();
  bool works_in_place(std::uint32_t op);
};

template <class F>
ErrorCode Method::for_each_state(F f, ErrorReport& report) {
  if (file.has_initial_states())
    for (std::uint32_t i = 0; i < values.count; ++i) {
      ValueRecord entry;
      pte::TensorRecord record;
      if (value(static_cast<std::int32_t>(i), entry, report) != ErrorCode::ok) return report.code();
      if (entry.kind != pte::ValueKind::tensor) continue;
      if (tensor(entry, record, report) != ErrorCode::ok) return report.code();
      if (record.initial != nullptr && !f(record)) return report.code();
    }
  if (has_in_place_operators())
    for (std::uint32_t i = 0; i < instructions.count(); ++i) {
      pte::TensorRecord record;
      bool found = false;
      if (in_place_target(i, record, found, report) != ErrorCode::ok) return report.code();
      if (found && record.initial == nullptr && !f(record)) return report.code();
    }
  return ErrorCode::ok;
}

}  // namespace cortado::runtime
