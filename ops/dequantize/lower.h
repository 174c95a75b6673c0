// quantized_decomposed::dequantize_per_tensor.default → cortex_m::dequantize_per_tensor. Host.
#pragma once

#include "ops/lowering.h"
#include "ops/operands.h"

namespace cortado::ops::dequantize {

Status lower(const Operands& operands, Lowering& lowering);

}  // namespace cortado::ops::dequantize
