// quantized_avg_pool2d as a stage. Host and target, C++17.
#pragma once

#include "ops/stage.h"

namespace cortado::ops {

struct AvgPool2dStage {
  static constexpr std::uint32_t id = 4;
};

}  // namespace cortado::ops
