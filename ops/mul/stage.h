// quantized_mul of two tensors of the same sizes as a stage. Host and target, C++17.
#pragma once

#include "ops/stage.h"

namespace cortado::ops {

struct MulStage {
  static constexpr std::uint32_t id = 7;
  enum : std::uint32_t { self_zero_point, other_zero_point, output_zero_point, multiplier, shift, count };
};

}  // namespace cortado::ops
