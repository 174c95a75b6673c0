// quantized_norm over the channels of every pixel as a stage. Host and target, C++17.
#pragma once

#include "ops/stage.h"

namespace cortado::ops {

// Constants: factors and offsets, a number per channel.
struct NormStage {
  static constexpr std::uint32_t id = 24;
  enum : std::uint32_t { eps_low, eps_high, output_zero_point, count };  // eps in two halves of 32 bits
};

}  // namespace cortado::ops
