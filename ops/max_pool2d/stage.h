// quantized_max_pool2d as a stage. Host and target, C++17.
#pragma once

#include "ops/stage.h"

namespace cortado::ops {

struct MaxPool2dStage {
  static constexpr std::uint32_t id = 5;
  enum : std::uint32_t { activation_min, activation_max, count };
};

}  // namespace cortado::ops
