// Quotients on int8 or int16 → cortex_m::quantized_div. Host.
#pragma once

#include "ops/lowering.h"
#include "ops/operands.h"

namespace cortado::ops::div {

Status lower(const Operands& operands, Lowering& lowering);

}  // namespace cortado::ops::div
