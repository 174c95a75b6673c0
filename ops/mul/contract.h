// cortex_m::quantized_mul: product of two int8 tensors.
//
//   acc = (self − self_zero_point) · (other − other_zero_point)
//   out = clamp(requantize(acc, output_multiplier, output_shift) + output_zero_point, −128, 127)
//
// A zero point may lie outside the type: hardswish carries its + 3 there.
// self and other broadcast to the sizes of out. Source: ExecuTorch 1.5 operators.yaml; CMSIS-NN arm_elementwise_mul_s8.
#pragma once

#include "ops/kernel.h"

namespace cortado::ops {

struct QuantizedMulArgs {
  static constexpr const char* name = "cortex_m::quantized_mul.out";
  Tensor self;  // i8
  std::int32_t self_zero_point = 0;
  Tensor other;  // i8
  std::int32_t other_zero_point = 0;
  std::int32_t output_zero_point = 0, output_multiplier = 0, output_shift = 0;
  Tensor out;  // i8
  template <class V>
  static constexpr void fields(V&& visit) {
    using A = QuantizedMulArgs;
    each_field(visit, "self", &A::self, "self_zero_point", &A::self_zero_point, "other", &A::other, "other_zero_point",
               &A::other_zero_point, "output_zero_point", &A::output_zero_point, "output_multiplier",
               &A::output_multiplier, "output_shift", &A::output_shift, "out", &A::out);
  }
};

}  // namespace cortado::ops
