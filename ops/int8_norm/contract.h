// cortado::quantized_norm: normalisation of int8 by its own mean and variance, layer by layer or group by group.
//
// The input is rows of `count` elements that are neighbours in memory. With q[i] the integers of a row, S = Σ q, Q = Σ
// q²:
//
//   d[i] = count · q[i] − S;  V = count · Q − S² + eps          (count² times the variance, in squares of a step)
//   u[i] = d[i] / √V, in Q20;  c = element / inner mod channels, `element` counted in memory
//   out[i] = clamp(round((u[i] · factors[c] + offsets[c] · 2^20) / 2^36) + output_zero_point), halves upwards
//
// so that factors and offsets are weight and bias in 2^−16 steps of the result. The input's scale is in eps alone, its
// zero point cancels. No operator of ExecuTorch does this in int8: it is for programs of the native form.
#pragma once

#include "ops/kernel.h"

namespace cortado::ops {

struct QuantizedNormArgs {
  static constexpr const char* name = "cortado::quantized_norm.out";
  Tensor input;             // i8
  Tensor factors, offsets;  // i32 [channels]
  std::int64_t count = 1;   // 1 … 2^20, divides the input's elements
  std::int64_t inner = 1;   // ≥ 1
  std::int64_t eps = 1;     // 1 … 2^56
  std::int32_t output_zero_point = 0;
  Tensor out;  // i8, sizes and memory order of the input

  template <class V>
  static constexpr void fields(V&& visit) {
    using A = QuantizedNormArgs;
    each_field(visit, "input", &A::input, "factors", &A::factors, "offsets", &A::offsets, "count", &A::count, "inner",
               &A::inner, "eps", &A::eps, "output_zero_point", &A::output_zero_point, "out", &A::out);
  }
};

}  // namespace cortado::ops
