// aten::convolution in float, of 1, 2 or 3 spatial dimensions (ExecuTorch's kernel has 1 and 2).
//
//   out[n, o, p] = Σ_i Σ_k weight[o, i, k] · input[n, i, p · stride − padding + k · dilation] + bias[o]
//   transposed:  out[n, o, p · stride − padding + k · dilation] += weight[i, o, k] · input[n, i, p], from bias[o] on
//
// The sums are of f32, in the order of ExecuTorch's portable kernel: forward input channels outermost and the bias
// last, transposed from the bias on by input position, then input channel. Source: PyTorch's native_functions.yaml.
#pragma once

#include "ops/kernel.h"

namespace cortado::ops {

struct ConvolutionArgs {
  static constexpr const char* name = "aten::convolution.out";
  Tensor input;         // f32 [N, inputs, spatial…], any memory order
  Tensor weight;        // f32 [outputs, inputs / groups, kernel…]; transposed [inputs, outputs / groups, kernel…]
  OptionalTensor bias;  // f32 [outputs]
  IntList stride, padding, dilation;  // one number per spatial dimension, or one for all
  bool transposed = false;
  IntList output_padding;  // transposed: what the output is longer
  std::int64_t groups = 1;
  Tensor out;

  template <class V>
  static constexpr void fields(V&& visit) {
    using A = ConvolutionArgs;
    each_field(visit, "input", &A::input, "weight", &A::weight, "bias", &A::bias, "stride", &A::stride, "padding",
               &A::padding, "dilation", &A::dilation, "transposed", &A::transposed, "output_padding",
               &A::output_padding, "groups", &A::groups, "out", &A::out);
  }
};

}  // namespace cortado::ops
