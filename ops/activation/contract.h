// cortex_m::quantized_activation: any function of one int8 value, as a table made ahead of time.
//
//   out[i] = lut[x[i] + 128]
//
// Source: ExecuTorch 1.5 operators.yaml.
#pragma once

#include "ops/kernel.h"

namespace cortado::ops {

struct QuantizedActivationArgs {
  static constexpr const char* name = "cortex_m::quantized_activation.out";
  Tensor input;  // i8
  Tensor lut;    // i8 [256]
  Tensor out;    // i8, sizes and memory order of the input

  template <class Visit>
  static constexpr void fields(Visit&& visit) {
    visit("input", &QuantizedActivationArgs::input);
    visit("lut", &QuantizedActivationArgs::lut);
    visit("out", &QuantizedActivationArgs::out);
  }
};

}  // namespace cortado::ops
