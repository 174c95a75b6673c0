// quantize_per_tensor to int8 as a stage. Host and target, C++17.
#pragma once

#include "ops/stage.h"

namespace cortado::ops {

struct QuantizeStage {
  static constexpr std::uint32_t id = 8;
  enum : std::uint32_t { inverse_scale_bits, zero_point, quant_min, quant_max, count };
};

}  // namespace cortado::ops
