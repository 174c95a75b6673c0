// Functions of one value on int8 → cortex_m::quantized_activation. Host.
#pragma once

#include "ops/lowering.h"
#include "ops/operands.h"

namespace cortado::ops::activation {

// Any operator whose first tensor is quantized, whose other tensors are constants, and whose Definition::evaluate is
// elementwise: its table is made by evaluating it, in double, on the 256 numbers that an int8 input can stand for.
Status lower(const Operands& operands, Lowering& lowering);

}  // namespace cortado::ops::activation
