// aten::max_pool2d.default on int8 → cortex_m::quantized_max_pool2d. Host.
#pragma once

#include "ops/lowering.h"
#include "ops/operands.h"

namespace cortado::ops::max_pool2d {

Status lower(const Operands& operands, Lowering& lowering);

}  // namespace cortado::ops::max_pool2d
