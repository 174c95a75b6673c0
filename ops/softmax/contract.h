// cortex_m::softmax: softmax over one dimension, on int8, in fixed point.
//
//   d = x − max x over the dimension;  u(d) = exp(s · d) in Q0.31 for d ≥ diff_min, else 0, with s · d in Q5.26:
//       saturating_doubling_high_multiply(d · 2^input_shift, input_multiplier)
//   S = Σ round(u / 2^12);  out = clamp(round(u · (1/S)) − 128), which has scale 1/256 and zero point −128
//
// exp and the reciprocal are gemmlowp's polynomials (fixed_exp.h). Source: ExecuTorch 1.5 operators.yaml; CMSIS-NN
// arm_softmax_s8. Sums saturate where the original wraps (rows beyond 4095 elements).
#pragma once

#include "ops/kernel.h"

namespace cortado::ops {

struct SoftmaxArgs {
  static constexpr const char* name = "cortex_m::softmax.out";
  Tensor input;                       // i8
  std::int64_t dim = -1;              // negative from the end
  std::int32_t input_zero_point = 0;  // not used: it cancels in d
  std::int32_t output_zero_point = -128;
  std::int32_t input_multiplier = 0;
  std::int32_t input_shift = 0;  // 0 … 31
  std::int32_t diff_min = 0;     // ≤ 0, and diff_min · 2^input_shift ≥ −2^31
  Tensor out;                    // i8, sizes and memory order of the input

  template <class Visit>
  static constexpr void fields(Visit&& visit) {
    visit("input", &SoftmaxArgs::input);
    visit("dim", &SoftmaxArgs::dim);
    visit("input_zero_point", &SoftmaxArgs::input_zero_point);
    visit("output_zero_point", &SoftmaxArgs::output_zero_point);
    visit("input_multiplier", &SoftmaxArgs::input_multiplier);
    visit("input_shift", &SoftmaxArgs::input_shift);
    visit("diff_min", &SoftmaxArgs::diff_min);
    visit("out", &SoftmaxArgs::out);
  }
};

}  // namespace cortado::ops
