// cortex_m::dequantize_per_tensor: int8 or int16 to float.
//
//   out[i] = (x[i] − zero_point) · scale, with the scale rounded to float
//
// Source: ExecuTorch 1.5 operators.yaml.
#pragma once

#include "ops/kernel.h"

namespace cortado::ops {

struct DequantizePerTensorArgs {
  static constexpr const char* name = "cortex_m::dequantize_per_tensor.out";
  Tensor input;  // i8 or i16
  double scale = 1;
  std::int64_t zero_point = 0;                     // within the input type
  std::int64_t quant_min = -128, quant_max = 127;  // not used
  DType dtype = DType::i8;                         // that of the input
  Tensor out;                                      // f32, sizes and memory order of the input

  template <class Visit>
  static constexpr void fields(Visit&& visit) {
    visit("input", &DequantizePerTensorArgs::input);
    visit("scale", &DequantizePerTensorArgs::scale);
    visit("zero_point", &DequantizePerTensorArgs::zero_point);
    visit("quant_min", &DequantizePerTensorArgs::quant_min);
    visit("quant_max", &DequantizePerTensorArgs::quant_max);
    visit("dtype", &DequantizePerTensorArgs::dtype);
    visit("out", &DequantizePerTensorArgs::out);
  }
};

}  // namespace cortado::ops
