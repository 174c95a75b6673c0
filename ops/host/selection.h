// Operators that only choose and move elements: on quantized values that share their parameters they do the same with
// the stored integers. Host.
#pragma once

#include "ops/definition.h"

namespace cortado::ops {

// Calls the operator's float kernel, which takes any element type, on the stored integers. An input error when the
// quantized operands and results do not share one type and its parameters, or one of them is in float.
Status lower_selection(const Operands& operands, Lowering& lowering);

// The same for an operator that also writes the number `name` (a border, say): as the integer that stands for it.
Status lower_selection_with_number(const Operands& operands, std::string_view name, Lowering& lowering);

}  // namespace cortado::ops
