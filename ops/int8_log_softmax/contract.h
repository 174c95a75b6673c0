// cortado::quantized_log_softmax: the logarithm of softmax over one dimension, on int8.
//
// With m the largest integer of a row, and exponentials[k] = e^(−scale · k) in Q24:
//
//   S = Σ exponentials[m − q[i]];  L = log2(S / 2^24) in Q24, 0 or more, bit by bit
//   out[i] = clamp(round(((q[i] − m) · input_factor · 2^24 − L · logarithm_factor) / 2^44) + output_zero_point)
//
// input_factor is scale / scale', logarithm_factor ln 2 / scale', both in Q20, with scale' that of the result; halves
// go upwards. No operator of ExecuTorch does this in int8: it is for programs of the native form.
#pragma once

#include "ops/kernel.h"

namespace cortado::ops {

struct QuantizedLogSoftmaxArgs {
  static constexpr const char* name = "cortado::quantized_log_softmax.out";
  Tensor input;                       // i8, rank 1 or more
  Tensor exponentials;                // i32 [256], 0 … 2^24 each, the first one 2^24
  std::int64_t dim = -1;              // negative from the end; of at most 2^30 elements
  std::int32_t input_factor = 1;      // 0 … 2^28
  std::int32_t logarithm_factor = 1;  // 0 … 2^31 − 1
  std::int32_t output_zero_point = 0;
  Tensor out;  // i8, sizes and memory order of the input

  template <class V>
  static constexpr void fields(V&& visit) {
    using A = QuantizedLogSoftmaxArgs;
    each_field(visit, "input", &A::input, "exponentials", &A::exponentials, "dim", &A::dim, "input_factor",
               &A::input_factor, "logarithm_factor", &A::logarithm_factor, "output_zero_point", &A::output_zero_point,
               "out", &A::out);
  }
};

}  // namespace cortado::ops
