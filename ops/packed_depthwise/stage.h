// Depthwise convolution as a stage with packed weights: the fast form of depthwise_conv2d with one output per channel.
// Host and target, C++17.
//
// Taps outside the input read its zero point, which is folded into the bias. The one constant holds, for every 16
// channels, the weights of all taps, [KH · KW][16] (zeros behind the last channel), then PackedFactors<4> of the
// channels 0, 4, 8, 12 of the block, of 1, 5, 9, 13, of 2, 6, 10, 14 and of 3, 7, 11, 15. Weights are −127 … 127, so
// that two products fit 16 bits.
#pragma once

#include "ops/stage.h"

namespace cortado::ops {

struct PackedDepthwiseStage {
  static constexpr std::uint32_t id = 11;
  enum : std::uint32_t { input_zero_point, form, activation_min, activation_max, count };

  static constexpr std::int32_t max_taps = 49;
};

}  // namespace cortado::ops
