// Depthwise convolution of planes (ops/stage.h): one vector is all taps of an output, or of two that are neighbours.
// Host and target, C++17.
//
// Kernels of up to 3 × 3 without dilation, columns 1 or 2 apart, rows at least 4 columns wide. The one constant is, for
// every channel, the weights [column][4], zeros where there is no tap, then PackedFactors<1>.
#pragma once

#include "ops/stage.h"

namespace cortado::ops {

struct PlanarDepthwiseStage {
  static constexpr std::uint32_t id = 13;
  enum : std::uint32_t { input_zero_point, form, activation_min, activation_max, count };

  static constexpr std::int32_t max_kernel = 3, max_stride = 2, min_width = 4;
};

// Columns behind the image that planes must have room for: what the window of the last column needs.
constexpr std::int32_t planar_columns(std::int32_t width, std::int32_t stride, std::int32_t padding, std::int32_t kernel,
                                      std::int32_t outputs) {
  const std::int32_t end = (outputs - 1) * stride - padding + kernel;
  return end > width ? end : width;
}

}  // namespace cortado::ops
