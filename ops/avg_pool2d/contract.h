// cortex_m::quantized_avg_pool2d and its explicit-layout form: mean over a window, on int8 of one scale.
//
//   s = Σ in over the taps inside the input, count = how many they are
//   out = (s > 0 ? s + count / 2 : s − count / 2) / count, integer divisions towards zero
//
// zero_point, multiplier and shift are on the wire for the compiler's own arithmetic; the kernel needs none: input and
// output have the same parameters. Source: ExecuTorch 1.5 operators.yaml; CMSIS-NN arm_avgpool_s8.
#pragma once

#include "ops/image.h"
#include "ops/kernel.h"

namespace cortado::ops {

template <Layout layout_>
struct QuantizedAvgPool2dArgs {
  static constexpr Layout layout = layout_;
  static constexpr const char* name =
      layout_ == Layout::nhwc ? "cortex_m::quantized_avg_pool2d_nhwc.out" : "cortex_m::quantized_avg_pool2d.out";
  Tensor input;                          // i8, an image
  IntList kernel_size, stride, padding;  // [2]: y, x
  bool ceil_mode = false;
  std::int64_t zero_point = 0, multiplier = 0, shift = 0;  // not used
  Tensor scratch;                                          // for CMSIS-NN; not used here
  Tensor out;                                              // i8, an image of as many channels

  template <class Visit>
  static constexpr void fields(Visit&& visit) {
    using Args = QuantizedAvgPool2dArgs;
    visit("input", &Args::input);
    visit("kernel_size", &Args::kernel_size);
    visit("stride", &Args::stride);
    visit("padding", &Args::padding);
    visit("ceil_mode", &Args::ceil_mode);
    visit("zero_point", &Args::zero_point);
    visit("multiplier", &Args::multiplier);
    visit("shift", &Args::shift);
    visit("scratch", &Args::scratch);
    visit("out", &Args::out);
  }
};

}  // namespace cortado::ops
