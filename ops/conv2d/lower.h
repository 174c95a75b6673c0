// Convolutions on int8 → cortex_m::quantized_conv2d, quantized_depthwise_conv2d, quantized_transpose_conv2d. Host.
#pragma once

#include "ops/lowering.h"
#include "ops/operands.h"

namespace cortado::ops::conv2d {

// Any convolution → aten::convolution.out.
Status lower_float(const Operands& operands, Lowering& lowering);
Status lower(const Operands& operands, Lowering& lowering);             // aten::conv2d.default
Status lower_transposed(const Operands& operands, Lowering& lowering);  // aten::conv_transpose2d.input

}  // namespace cortado::ops::conv2d
