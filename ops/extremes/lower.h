// Elementwise minimum and maximum of tensors with equal parameters → cortex_m::minimum, maximum. Host.
#pragma once

#include "ops/lowering.h"
#include "ops/operands.h"

namespace cortado::ops::extremes {

Status lower_minimum(const Operands& operands, Lowering& lowering);
Status lower_maximum(const Operands& operands, Lowering& lowering);

}  // namespace cortado::ops::extremes
