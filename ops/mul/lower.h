// Products on int8 → cortex_m::quantized_mul. Host.
#pragma once

#include "ops/lowering.h"
#include "ops/operands.h"

namespace cortado::ops::mul {

Status lower(const Operands& operands, Lowering& lowering);

}  // namespace cortado::ops::mul
