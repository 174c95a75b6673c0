// Softmax on int8 → cortex_m::softmax. Host.
#pragma once

#include "ops/lowering.h"
#include "ops/operands.h"

namespace cortado::ops::softmax {

Status lower(const Operands& operands, Lowering& lowering);

}  // namespace cortado::ops::softmax
