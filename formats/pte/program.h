// An ExecuTorch program as plain data, mirroring the file's tables (program.fbs). Host.
//
// What the file format dictates and this mirror hides: index 0 of its constant tables is reserved (indices here begin
// at 0 and name a constant), and 64-bit memory offsets are split in two fields.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "support/dtype.h"

namespace cortado::pte {

using Bytes = std::vector<std::uint8_t>;

// Where a planned tensor lies: region `memory_id` of Plan::buffer_sizes (1, 2, …; 0 is not a region).
struct Allocation {
  std::uint32_t memory_id = 1;
  std::uint64_t offset_bytes = 0;  // a multiple of 16 by convention
};

enum class Dynamism : std::uint8_t { fixed = 0, bounded = 1, unbounded = 2 };  // the schema's TensorShapeDynamism

// Four kinds, told apart by two fields:
//   constant                 read-only, Program::constants[*constant]
//   allocation               computed, or an input or output with planned memory
//   allocation and initial   a mutable buffer: starts as Program::initial_states[*initial] and persists between runs
//   neither                  an input or output without planned memory
struct Tensor {
  DType dtype = DType::f32;
  std::vector<std::int32_t> sizes;      // logical
  std::vector<std::uint8_t> dim_order;  // outermost first, as many as sizes
  std::optional<std::uint32_t> constant;
  std::optional<Allocation> allocation;
  std::optional<std::uint32_t> initial;
  Dynamism dynamism = Dynamism::fixed;  // bounded: `sizes` are the upper bounds
  std::string name;                     // fully_qualified_name; "" = none is written
};

struct None {};
using Index = std::int32_t;  // into Plan::values
struct IntList {
  std::vector<Index> items;
};  // of int values
struct DoubleList {
  std::vector<double> items;
};
struct BoolList {
  std::vector<bool> items;
};
struct TensorList {
  std::vector<Index> items;
};
struct OptionalTensorList {
  std::vector<Index> items;
};  // −1 or the index of a None value where absent

using Value = std::variant<None, std::int64_t, bool, double, std::string, Tensor, IntList, DoubleList, BoolList,
                           TensorList, OptionalTensorList>;

// "cortex_m::quantized_conv2d" and "out".
struct Operator {
  std::string name;
  std::string overload;
};

// `arguments` as on the wire: the schema's arguments with the outputs last, then the returned values, which are the
// outputs once more: quantized_add(…, out) is called with […, 7, 7].
struct KernelCall {
  Index op = 0;
  std::vector<Index> arguments;
};
struct DelegateCall {
  Index delegate = 0;
  std::vector<Index> arguments;
};
struct Move {
  Index from = 0, to = 0;
};
struct JumpFalse {
  Index condition = 0;
  std::int32_t destination = 0;
};  // index of an instruction
struct Free {
  Index value = 0;
};
using Instruction = std::variant<KernelCall, DelegateCall, Move, JumpFalse, Free>;

struct CompileSpec {
  std::string key;
  Bytes value;
};

struct Delegate {
  std::string backend;  // "CortadoBackend"
  Bytes processed;      // the backend's own program
  std::vector<CompileSpec> compile_specs;
};

// One method.
struct Plan {
  std::string name = "forward";
  std::string input_spec, output_spec;  // torch's pytree specs as JSON text
  std::vector<Value> values;
  std::vector<Index> inputs, outputs;
  std::vector<Operator> operators;
  std::vector<Instruction> instructions;
  std::vector<Delegate> delegates;
  std::vector<std::int64_t> buffer_sizes = {0};  // bytes of region memory_id; entry 0 is 0
};

struct NamedData {
  std::string key;
  Bytes data;
};

struct Program {
  std::uint32_t version = 0;
  std::vector<Plan> plans;
  std::vector<Bytes> constants;       // physical order of the tensors that use them
  std::vector<Bytes> initial_states;  // likewise, for mutable buffers
  std::vector<NamedData> named_data;
};

}  // namespace cortado::pte
