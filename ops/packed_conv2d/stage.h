// Convolution without groups as a stage with packed weights: the fast form of conv2d and linear. Host and target,
// C++17.
//
//   sum[x, o] = bias[o] + Σ_k patch[x, k] · w[o, k],   k over kernel rows, columns and channels
//
// Taps outside the input read its zero point, which is folded into the bias. The one constant is the weights in the
// order of use: for every 4 outputs [1 + blocks][4][16] weights (patches.h says which), then PackedFactors<4>.
#pragma once

#include "ops/stage.h"

namespace cortado::ops {

struct PackedConv2dStage {
  static constexpr std::uint32_t id = 10;
  enum : std::uint32_t { input_zero_point, form, activation_min, activation_max, count };
};

}  // namespace cortado::ops
