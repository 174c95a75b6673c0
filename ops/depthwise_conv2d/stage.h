// quantized_depthwise_conv2d as a stage: contract.h's equation, row by row. Host and target, C++17.
//
// Constants: weight i8 [KH, KW, O]; bias, multipliers, shifts i32 [O].
#pragma once

#include "ops/stage.h"

namespace cortado::ops {

struct DepthwiseConv2dStage {
  static constexpr std::uint32_t id = 2;
  enum : std::uint32_t { depth_multiplier, input_offset, output_offset, activation_min, activation_max, count };
};

}  // namespace cortado::ops
