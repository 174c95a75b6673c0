// dequantize_per_tensor of int8 as a stage. Host and target, C++17.
#pragma once

#include "ops/stage.h"

namespace cortado::ops {

struct DequantizeStage {
  static constexpr std::uint32_t id = 9;
  enum : std::uint32_t { scale_bits, zero_point, count };
};

}  // namespace cortado::ops
