// cortex_m::quantized_div: quotient of two int8 or two int16 tensors, in float.
//
//   q = (self − self_zero_point) / (other − other_zero_point), 0 where that divides by 0
//   out = clamp(round(q · output_scale) + output_zero_point), halves away from zero, limits of the output type
//
// every step rounded to float; output_scale is self's scale / (other's scale · out's scale).
// self and other broadcast to the sizes of out. Source: ExecuTorch 1.5 operators.yaml.
#pragma once

#include "ops/kernel.h"

namespace cortado::ops {

struct QuantizedDivArgs {
  static constexpr const char* name = "cortex_m::quantized_div.out";
  Tensor self;  // i8 or i16
  std::int32_t self_zero_point = 0;
  Tensor other;  // the same type
  std::int32_t other_zero_point = 0;
  std::int32_t output_zero_point = 0;
  double output_scale = 1;
  Tensor out;  // the same type
  template <class V>
  static constexpr void fields(V&& visit) {
    using A = QuantizedDivArgs;
    each_field(visit, "self", &A::self, "self_zero_point", &A::self_zero_point, "other", &A::other, "other_zero_point",
               &A::other_zero_point, "output_zero_point", &A::output_zero_point, "output_scale", &A::output_scale,
               "out", &A::out);
  }
};

}  // namespace cortado::ops
