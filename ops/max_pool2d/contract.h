// cortex_m::quantized_max_pool2d and its explicit-layout form: maximum over a window, on int8 of one scale.
//
//   out = clamp(max of in over the taps inside the input, activation_min, activation_max)
//
// Source: ExecuTorch 1.5 operators.yaml; CMSIS-NN arm_max_pool_s8.
#pragma once

#include "ops/image.h"
#include "ops/kernel.h"

namespace cortado::ops {

template <Layout layout_>
struct QuantizedMaxPool2dArgs {
  static constexpr Layout layout = layout_;
  static constexpr const char* name =
      layout_ == Layout::nhwc ? "cortex_m::quantized_max_pool2d_nhwc.out" : "cortex_m::quantized_max_pool2d.out";
  Tensor input;                                    // i8, an image
  IntList kernel_size, stride, padding, dilation;  // [2]: y, x; dilation 1
  bool ceil_mode = false;
  std::int32_t input_zero_point = 0, output_zero_point = 0;  // equal
  std::int32_t activation_min = -128, activation_max = 127;
  Tensor out;  // i8, an image of as many channels

  template <class Visit>
  static constexpr void fields(Visit&& visit) {
    using Args = QuantizedMaxPool2dArgs;
    visit("input", &Args::input);
    visit("kernel_size", &Args::kernel_size);
    visit("stride", &Args::stride);
    visit("padding", &Args::padding);
    visit("dilation", &Args::dilation);
    visit("ceil_mode", &Args::ceil_mode);
    visit("input_zero_point", &Args::input_zero_point);
    visit("output_zero_point", &Args::output_zero_point);
    visit("activation_min", &Args::activation_min);
    visit("activation_max", &Args::activation_max);
    visit("out", &Args::out);
  }
};

}  // namespace cortado::ops
