// quantized_activation as a stage. Host and target, C++17. Constant: the table, i8 [256].
#pragma once

#include "ops/stage.h"

namespace cortado::ops {

struct ActivationStage {
  static constexpr std::uint32_t id = 6;
};

}  // namespace cortado::ops
