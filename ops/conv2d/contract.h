// cortex_m::quantized_conv2d and its explicit-layout form quantized_conv2d_nhwc: convolution on int8.
//
//   acc[n, y, x, o] = bias[o] + Σ_{i, j, c} (in[n, y·sy − py + i·dy, x·sx − px + j·dx, g·C/G + c] + input_offset) ·
//   w[o, i, j, c] out = clamp(requantize(acc, multiplier[o], shift[o]) + output_offset, activation_min, activation_max)
//
// over the taps inside the input; G = channels of the input / channels of the weight groups, o in group g.
// Source: ExecuTorch 1.5 operators.yaml; CMSIS-NN arm_convolve_s8.
#pragma once

#include "ops/image.h"
#include "ops/kernel.h"

namespace cortado::ops {

template <Layout layout_>
struct QuantizedConv2dArgs {
  static constexpr Layout layout = layout_;
  static constexpr const char* name =
      layout_ == Layout::nhwc ? "cortex_m::quantized_conv2d_nhwc.out" : "cortex_m::quantized_conv2d.out";
  Tensor input;                       // i8, an image of C channels
  Tensor weight;                      // i8 [O, KH, KW, C/G], contiguous
  OptionalTensor bias;                // i32 [O]
  IntList stride, padding, dilation;  // [2]: y, x
  std::int32_t input_offset = 0;      // −input zero point
  std::int32_t output_offset = 0;     // output zero point
  Tensor requantize_multipliers;      // i32 [O], constant
  Tensor requantize_shifts;           // i32 [O], constant
  std::int32_t activation_min = -128, activation_max = 127;
  Tensor scratch;  // for CMSIS-NN; not used here
  Tensor out;      // i8, an image of O channels

  template <class Visit>
  static constexpr void fields(Visit&& visit) {
    using Args = QuantizedConv2dArgs;
    visit("input", &Args::input);
    visit("weight", &Args::weight);
    visit("bias", &Args::bias);
    visit("stride", &Args::stride);
    visit("padding", &Args::padding);
    visit("dilation", &Args::dilation);
    visit("input_offset", &Args::input_offset);
    visit("output_offset", &Args::output_offset);
    visit("requantize_multipliers", &Args::requantize_multipliers);
    visit("requantize_shifts", &Args::requantize_shifts);
    visit("activation_min", &Args::activation_min);
    visit("activation_max", &Args::activation_max);
    visit("scratch", &Args::scratch);
    visit("out", &Args::out);
  }
};

}  // namespace cortado::ops
