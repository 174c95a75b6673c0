// Sums and differences on int8 → cortex_m::quantized_add. Host.
#pragma once

#include "ops/lowering.h"
#include "ops/operands.h"

namespace cortado::ops::add {

Status lower_sum(const Operands& operands, Lowering& lowering);                 // self + alpha · other
Status lower_difference(const Operands& operands, Lowering& lowering);          // self − alpha · other
Status lower_reverse_difference(const Operands& operands, Lowering& lowering);  // other − alpha · self

}  // namespace cortado::ops::add
