// cortex_m::quantized_transpose_conv2d and its explicit-layout form: transposed convolution on int8.
//
//   acc[n, y, x, o] = bias[o] + Σ (in[n, u, v, c] + input_offset) · w[o, i, j, c]
//                     over u·sy − py + i = y, v·sx − px + j = x, and all c
//   out = clamp(requantize(acc, multiplier[o], shift[o]) + output_offset, activation_min, activation_max)
//
// Dilation is 1. Source: ExecuTorch 1.5 operators.yaml; CMSIS-NN arm_transpose_conv_s8.
#pragma once

#include "ops/image.h"
#include "ops/kernel.h"

namespace cortado::ops {

template <Layout layout_>
struct QuantizedTransposeConv2dArgs {
  static constexpr Layout layout = layout_;
  static constexpr const char* name = layout_ == Layout::nhwc ? "cortex_m::quantized_transpose_conv2d_nhwc.out"
                                                              : "cortex_m::quantized_transpose_conv2d.out";
  Tensor input;                                       // i8, an image of C channels
  Tensor weight;                                      // i8 [O, KH, KW, C], contiguous
  OptionalTensor bias;                                // i32 [O]
  IntList stride, padding, output_padding, dilation;  // [2]: y, x
  std::int32_t input_offset = 0;                      // −input zero point
  std::int32_t output_offset = 0;                     // output zero point
  Tensor requantize_multipliers;                      // i32 [O], constant
  Tensor requantize_shifts;                           // i32 [O], constant
  std::int32_t activation_min = -128, activation_max = 127;
  Tensor scratch, output_scratch;  // for CMSIS-NN; not used here
  Tensor out;                      // i8, an image of O channels
  template <class V>
  static constexpr void fields(V&& visit) {
    using A = QuantizedTransposeConv2dArgs;
    each_field(visit, "input", &A::input, "weight", &A::weight, "bias", &A::bias, "stride", &A::stride, "padding",
               &A::padding, "output_padding", &A::output_padding, "dilation", &A::dilation, "input_offset",
               &A::input_offset, "output_offset", &A::output_offset, "requantize_multipliers",
               &A::requantize_multipliers, "requantize_shifts", &A::requantize_shifts, "activation_min",
               &A::activation_min, "activation_max", &A::activation_max, "scratch", &A::scratch, "output_scratch",
               &A::output_scratch, "out", &A::out);
  }
};

}  // namespace cortado::ops
