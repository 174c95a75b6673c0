// Depthwise convolution of planes (ops/stage.h) with 4 slots: one vector is all taps of an output, or of two that are
// neighbours. Host and target, C++17.
//
// Kernels of up to 3 × 3 without dilation, columns 1 or 2 apart, rows at least 4 columns wide. The one constant is, for
// every channel, the weights [column][4], zeros where there is no tap, then PackedFactors<1>.
#pragma once

#include "ops/planar_depthwise/plan.h"

namespace cortado::ops {

struct PlanarDepthwiseStage {
  static constexpr std::uint32_t id = 13;
  static constexpr PlanarLimits limits = {4, 3, 3, 16 + sizeof(PackedFactors<1>)};
};

}  // namespace cortado::ops
