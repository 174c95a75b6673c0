// cortex_m::quantized_linear: fully connected layer on int8.
//
//   acc[n, o] = start[o] + Σ_i (x[n, i] + input_offset) · (w[o, i] + filter_offset)
//   out[n, o] = clamp(requantize(acc, multiplier, shift) + output_offset, activation_min, activation_max)
//
// With kernel_sum (what ExecuTorch emits for Helium) the terms without x are folded ahead of time:
//   kernel_sum[o] = bias[o] + input_offset · Σ_i (w[o, i] + filter_offset),
//   acc[n, o] = kernel_sum[o] + Σ_i x[n, i] · (w[o, i] + filter_offset);
// without it start is the bias, or 0. Source: ExecuTorch 1.5 operators.yaml; CMSIS-NN arm_fully_connected_s8.
#pragma once

#include "ops/kernel.h"

namespace cortado::ops {

struct QuantizedLinearArgs {
  static constexpr const char* name = "cortex_m::quantized_linear.out";
  Tensor input;                    // i8 [..., in], contiguous
  Tensor weights;                  // i8 [out, in], contiguous
  OptionalTensor bias;             // i32 [out]
  OptionalTensor kernel_sum;       // i32 [1, out] or [out]; wins over bias
  std::int32_t input_offset = 0;   // −input zero point
  std::int32_t filter_offset = 0;  // −weight zero point
  std::int32_t output_offset = 0;  // output zero point
  IntList requantize_multipliers;  // one
  IntList requantize_shifts;       // one, −31 … 31
  std::int32_t activation_max = 127;
  std::int32_t activation_min = -128;
  Tensor out;  // i8 [..., out]

  template <class Visit>
  static constexpr void fields(Visit&& visit) {
    visit("input", &QuantizedLinearArgs::input);
    visit("weights", &QuantizedLinearArgs::weights);
    visit("bias", &QuantizedLinearArgs::bias);
    visit("kernel_sum", &QuantizedLinearArgs::kernel_sum);
    visit("input_offset", &QuantizedLinearArgs::input_offset);
    visit("filter_offset", &QuantizedLinearArgs::filter_offset);
    visit("output_offset", &QuantizedLinearArgs::output_offset);
    visit("requantize_multipliers", &QuantizedLinearArgs::requantize_multipliers);
    visit("requantize_shifts", &QuantizedLinearArgs::requantize_shifts);
    visit("activation_max", &QuantizedLinearArgs::activation_max);
    visit("activation_min", &QuantizedLinearArgs::activation_min);
    visit("out", &QuantizedLinearArgs::out);
  }
};

}  // namespace cortado::ops
