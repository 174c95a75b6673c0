// cortex_m::quantize_per_tensor: float to int8 or int16.
//
//   out[i] = clamp(rint(x[i] / scale) + zero_point, quant_min, quant_max), halves to even
//
// with 1/scale rounded to float first. As on Helium, elements in memory order are computed in groups of 16 (int16:
// 8): a whole group rounds the exact product x · (1/scale) once (fma), the rest at the end round the float product.
// Values beyond the range saturate; NaN gives the zero point. Source: ExecuTorch 1.5 operators.yaml; the rounding
// of its Helium kernel.
#pragma once

#include "ops/kernel.h"

namespace cortado::ops {

struct QuantizePerTensorArgs {
  static constexpr const char* name = "cortex_m::quantize_per_tensor.out";
  Tensor input;                                    // f32
  double scale = 1;                                // positive
  std::int64_t zero_point = 0;                     // within the output type
  std::int64_t quant_min = -128, quant_max = 127;  // within the output type
  DType dtype = DType::i8;                         // i8 or i16, that of out
  Tensor out;                                      // sizes and memory order of the input

  template <class Visit>
  static constexpr void fields(Visit&& visit) {
    visit("input", &QuantizePerTensorArgs::input);
    visit("scale", &QuantizePerTensorArgs::scale);
    visit("zero_point", &QuantizePerTensorArgs::zero_point);
    visit("quant_min", &QuantizePerTensorArgs::quant_min);
    visit("quant_max", &QuantizePerTensorArgs::quant_max);
    visit("dtype", &QuantizePerTensorArgs::dtype);
    visit("out", &QuantizePerTensorArgs::out);
  }
};

}  // namespace cortado::ops
