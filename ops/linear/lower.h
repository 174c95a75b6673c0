// aten::linear.default on int8 → cortex_m::quantized_linear.out. Host.
#pragma once

#include "ops/lowering.h"
#include "ops/operands.h"

namespace cortado::ops::linear {

Status lower(const Operands& operands, Lowering& lowering);

}  // namespace cortado::ops::linear
