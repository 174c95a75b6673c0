// Maximum and average over windows of planes, in float; maxima also on integers, where they are exact.
//
// Tensors are [C, H, W] or [N, C, H, W], in any memory order. Window i along an axis covers the inputs i · stride −
// padding + k · dilation; in adaptive pooling to n outputs ⌊i·in/n⌋ … ⌈(i + 1)·in/n⌉ − 1. Source: PyTorch's
// native_functions.yaml.
#pragma once

#include "ops/kernel.h"

namespace cortado::ops {

// NaN is the largest number. The place is the index in the plane, of the first of equal maxima. A dilated window that
// misses the input gives the lowest number and place 0.
struct MaxPool2dArgs {
  static constexpr const char* name = "aten::max_pool2d_with_indices.out";
  Tensor self;                                     // f32 or an integer type
  IntList kernel_size, stride, padding, dilation;  // two numbers or one for both; no stride: kernel_size
  bool ceil_mode = false;
  Tensor out;      // of the type of self
  Tensor indices;  // i64
  template <class V>
  static constexpr void fields(V&& visit) {
    using A = MaxPool2dArgs;
    each_field(visit, "self", &A::self, "kernel_size", &A::kernel_size, "stride", &A::stride, "padding", &A::padding,
               "dilation", &A::dilation, "ceil_mode", &A::ceil_mode, "out", &A::out, "indices", &A::indices);
  }
};

// ExecuTorch 1.5.1 compiles models to this operator but has no kernel for it.
struct AdaptiveMaxPool2dArgs {
  static constexpr const char* name = "aten::adaptive_max_pool2d.out";
  Tensor self;
  IntList output_size;
  Tensor out, indices;
  template <class V>
  static constexpr void fields(V&& visit) {
    using A = AdaptiveMaxPool2dArgs;
    each_field(visit, "self", &A::self, "output_size", &A::output_size, "out", &A::out, "indices", &A::indices);
  }
};

// The sum in f32, by rows, over divisor_override, else the window's size cut at the end of the padding, else, without
// count_include_pad, the number of inputs.
struct AvgPool2dArgs {
  static constexpr const char* name = "aten::avg_pool2d.out";
  Tensor self;  // f32
  IntList kernel_size, stride, padding;
  bool ceil_mode = false, count_include_pad = true;
  OptionalInt divisor_override;
  Tensor out;
  template <class V>
  static constexpr void fields(V&& visit) {
    using A = AvgPool2dArgs;
    each_field(visit, "self", &A::self, "kernel_size", &A::kernel_size, "stride", &A::stride, "padding", &A::padding,
               "ceil_mode", &A::ceil_mode, "count_include_pad", &A::count_include_pad, "divisor_override",
               &A::divisor_override, "out", &A::out);
  }
};

struct AdaptiveAvgPool2dArgs {
  static constexpr const char* name = "aten::_adaptive_avg_pool2d.out";
  Tensor self;  // f32
  IntList output_size;
  Tensor out;
  template <class V>
  static constexpr void fields(V&& visit) {
    using A = AdaptiveAvgPool2dArgs;
    each_field(visit, "self", &A::self, "output_size", &A::output_size, "out", &A::out);
  }
};

}  // namespace cortado::ops
