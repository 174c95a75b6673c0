// quantized_add of two tensors of the same sizes as a stage. Host and target, C++17.
#pragma once

#include "ops/stage.h"

namespace cortado::ops {

struct AddStage {
  static constexpr std::uint32_t id = 3;
  enum : std::uint32_t {
    self_zero_point,
    self_multiplier,
    self_shift,
    other_zero_point,
    other_multiplier,
    other_shift,
    output_zero_point,
    output_multiplier,
    output_shift,
    activation_min,
    activation_max,
    count,
  };
};

}  // namespace cortado::ops
