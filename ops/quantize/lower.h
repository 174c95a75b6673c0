// quantized_decomposed::quantize_per_tensor.default → cortex_m::quantize_per_tensor. Host.
#pragma once

#include "ops/lowering.h"
#include "ops/operands.h"

namespace cortado::ops::quantize {

Status lower(const Operands& operands, Lowering& lowering);

}  // namespace cortado::ops::quantize
