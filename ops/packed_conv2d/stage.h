// Convolution without groups as a stage with packed weights: the fast form of conv2d and linear. Host and target, C++17.
//
//   acc[x, o] = bias[o] + Σ_k patch[x, k] · w[o, k],   k over kernel rows, columns and channels
//
// Taps outside the input read its zero point, which is folded into the bias. The one constant is the weights in the
// order of use: for every 4 outputs, 16 values of k at a time, [K / 16][4][16] (zeros behind K and behind the last
// output), then their PackedFactors.
#pragma once

#include "ops/stage.h"

namespace cortado::ops {

struct PackedConv2dStage {
  static constexpr std::uint32_t id = 10;
  enum : std::uint32_t { input_zero_point, output_offset, activation_min, activation_max, count };

  static constexpr std::int32_t max_patch_bytes = 1024;  // of patches that are gathered first, on the stack
};

}  // namespace cortado::ops
