// Quantized tensors as real numbers, and back, with PyTorch's arithmetic. Host.
#pragma once

#include "ir/type.h"

namespace cortado::ops {

// scale[c] · (q − zero_point[c]), every step in f32. `tensor` has an integer type.
ir::Tensor dequantized(const ir::Tensor& tensor, const ir::Quantization& quantization);

// clamp(round(x · (1/scale[c])) + zero_point[c], quant_min, quant_max): the reciprocal is taken in double and rounded
// to f32, the rest is f32 arithmetic, halves round to even. `tensor` is real, `dtype` an integer type that holds
// quant_min … quant_max.
ir::Tensor quantized(const ir::Tensor& tensor, const ir::Quantization& quantization, DType dtype);

}  // namespace cortado::ops
