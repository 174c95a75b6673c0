// Depthwise convolution of planes (ops/stage.h) with 8 slots: a vector is two columns of taps. Host and target, C++17.
//
// Kernels of up to 7 × 5 without dilation, columns 1 or 2 apart, rows at least 4 columns wide. The one constant is, for
// every channel, weights [8 columns][8]: zeros, the kernel's columns, zeros; then PackedFactors<1>.
#pragma once

#include "ops/planar_depthwise/plan.h"

namespace cortado::ops {

struct PlanarDepthwise8Stage {
  static constexpr std::uint32_t id = 14;
  static constexpr PlanarLimits limits = {8, 7, 5, 64 + sizeof(PackedFactors<1>)};
};

}  // namespace cortado::ops
