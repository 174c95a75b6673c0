// 3 × 3 convolution without groups as a stage that reads its input's pixels where a few rows of them lie, not patches
// of them. Host and target, C++17.
//
//   sum[x, o] = bias[o] + Σ_(i, j, c) in[y, x][i, j, c] · w[o, i, j, c]
//
// Channels are a multiple of 16, outputs of 2, columns 1 or 2 apart and at least 4. Taps outside the input read its
// zero point, which is folded into the bias. The one constant is, for every 2 outputs, the weights [3 rows][channels /
// 16][3 columns][2][16], then PackedFactors<2>. Forms are the fast ones. (Stage 16 was this one with rows inside
// channels.)
#pragma once

#include "ops/packed_conv2d/patches.h"

namespace cortado::ops {

struct DirectConv2dStage {
  static constexpr std::uint32_t id = 17;
  enum : std::uint32_t { input_zero_point, form, activation_min, activation_max, count };

  static constexpr std::int32_t kernel = 3, outputs = 2;
  static constexpr std::int32_t quad = 4;  // output columns computed at a time
  static constexpr std::int32_t max_stride = 2;
};

// The rows of taps that a row of the output is computed from, when those `inside` lie in the image: without one at the
// border that does not. Others that do not are there, as zero points.
constexpr Taps direct_rows(Taps inside) {
  constexpr std::int32_t kernel = DirectConv2dStage::kernel;
  return inside.first > 0 ? Taps{1, kernel} : Taps{0, inside.last < kernel ? kernel - 1 : kernel};
}

// Columns of the input that `count` of the output read.
constexpr std::int32_t direct_columns(std::int32_t count, std::int32_t stride) {
  return (count - 1) * stride + DirectConv2dStage::kernel;
}

// Whether two rows are computed from one copy of their four rows of taps: they are neighbours, and it is no larger than
// others.
template <class AnyWindow>
constexpr bool copies_for_two(std::int32_t channels, const AnyWindow& y, std::int32_t width, std::int32_t stride) {
  return y.stride == 1 && y.dilation == 1 && width <= max_patches_bytes &&
         direct_columns(width, stride) * (DirectConv2dStage::kernel + 1) * channels <= max_patches_bytes;
}

// How many columns of the output are computed from one copy of the input, which takes no more than max_patches_bytes; a
// multiple of 4, 0 where there is no room for as many.
constexpr std::int32_t direct_tile(std::int32_t channels, std::int32_t stride) {
  const std::int32_t columns = max_patches_bytes / (DirectConv2dStage::kernel * channels) - DirectConv2dStage::kernel;
  return columns < 0 ? 0 : (columns / stride + 1) & -DirectConv2dStage::quad;
}

}  // namespace cortado::ops
