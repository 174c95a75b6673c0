// cortex_m::quantized_add: sum (or, with a negative multiplier, difference) of two int8 tensors of different scales.
//
//   a = requantize((self  − self_zero_point)  · 2^20, self_multiplier,  self_shift)
//   b = requantize((other − other_zero_point) · 2^20, other_multiplier, other_shift)
//   out = clamp(requantize(a + b, output_multiplier, output_shift) + output_zero_point, activation_min, activation_max)
//
// self and other broadcast to the sizes of out. Source: ExecuTorch 1.5 operators.yaml; CMSIS-NN arm_elementwise_add_s8.
#pragma once

#include "ops/kernel.h"

namespace cortado::ops {

struct QuantizedAddArgs {
  static constexpr const char* name = "cortex_m::quantized_add.out";
  Tensor self;  // i8
  std::int32_t self_zero_point = 0, self_multiplier = 0, self_shift = 0;
  Tensor other;  // i8
  std::int32_t other_zero_point = 0, other_multiplier = 0, other_shift = 0;
  std::int32_t output_zero_point = 0, output_multiplier = 0, output_shift = 0;
  std::int32_t activation_min = -128, activation_max = 127;
  Tensor out;  // i8

  static constexpr std::int32_t left_shift = 20;

  template <class Visit>
  static constexpr void fields(Visit&& visit) {
    visit("self", &QuantizedAddArgs::self);
    visit("self_zero_point", &QuantizedAddArgs::self_zero_point);
    visit("self_multiplier", &QuantizedAddArgs::self_multiplier);
    visit("self_shift", &QuantizedAddArgs::self_shift);
    visit("other", &QuantizedAddArgs::other);
    visit("other_zero_point", &QuantizedAddArgs::other_zero_point);
    visit("other_multiplier", &QuantizedAddArgs::other_multiplier);
    visit("other_shift", &QuantizedAddArgs::other_shift);
    visit("output_zero_point", &QuantizedAddArgs::output_zero_point);
    visit("output_multiplier", &QuantizedAddArgs::output_multiplier);
    visit("output_shift", &QuantizedAddArgs::output_shift);
    visit("activation_min", &QuantizedAddArgs::activation_min);
    visit("activation_max", &QuantizedAddArgs::activation_max);
    visit("out", &QuantizedAddArgs::out);
  }
};

}  // namespace cortado::ops
