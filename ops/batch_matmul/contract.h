// cortex_m::quantized_batch_matmul: product of int8 matrices, batch by batch; the right one is transposed already.
//
//   acc[b, i, j] = Σ_k (lhs[b, i, k] + lhs_zero_point) · (rhs_transposed[b, j, k] + rhs_zero_point)
//   out = clamp(requantize(acc, output_multiplier, output_shift) + output_zero_point, −128, 127)
//
// The wire's names notwithstanding, lhs_zero_point and rhs_zero_point carry the negative zero points.
// Source: ExecuTorch 1.5 operators.yaml; CMSIS-NN arm_batch_matmul_s8.
#pragma once

#include "ops/kernel.h"

namespace cortado::ops {

struct QuantizedBatchMatmulArgs {
  static constexpr const char* name = "cortex_m::quantized_batch_matmul.out";
  Tensor lhs;                       // i8 [B, M, K], contiguous
  std::int32_t lhs_zero_point = 0;  // −zero point
  Tensor rhs_transposed;            // i8 [B, N, K], contiguous
  std::int32_t rhs_zero_point = 0;  // −zero point
  std::int32_t output_zero_point = 0, output_multiplier = 0, output_shift = 0;
  Tensor scratch;  // for CMSIS-NN; not used here
  Tensor out;      // i8 [B, M, N], contiguous
  template <class V>
  static constexpr void fields(V&& visit) {
    using A = QuantizedBatchMatmulArgs;
    each_field(visit, "lhs", &A::lhs, "lhs_zero_point", &A::lhs_zero_point, "rhs_transposed", &A::rhs_transposed,
               "rhs_zero_point", &A::rhs_zero_point, "output_zero_point", &A::output_zero_point, "output_multiplier",
               &A::output_multiplier, "output_shift", &A::output_shift, "scratch", &A::scratch, "out", &A::out);
  }
};

}  // namespace cortado::ops
