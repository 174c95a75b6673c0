// Tensor values of a method with their addresses, while it is loaded. Host and target, C++17, no heap.
#pragma once

#include "runtime/method.h"

namespace cortado::runtime {

// The memory of inputs and outputs that the program does not plan.
struct UnplannedMemory {
  const Method* method;
  const Port* inputs;
  const Port* outputs;
  std::uint32_t known_inputs;  // ports that have their memory already
  std::uint32_t known_outputs;

  void* find(std::int32_t value) const;  // null: none
};

struct TensorValues {
  Method* method;
  const UnplannedMemory* unplanned;

  // Fails where the value is no tensor, or has no memory; messages call it `name`.
  ErrorCode read(std::int32_t index, Wording name, ops::Tensor& tensor, ErrorReport& report) const;
  ErrorCode read(std::int32_t index, Wording name, const ValueRecord& value, ops::Tensor& tensor,
                 ErrorReport& report) const;
};

// The error that a value is of another kind.
ErrorCode wrong_kind(Wording name, pte::ValueKind kind, Wording expected, ErrorReport& report);

}  // namespace cortado::runtime
