#include "ops/conv2d/scratch.h"

#include <algorithm>

namespace cortado::ops {
namespace {

constexpr std::int64_t round_up(std::int64_t value, std::int64_t multiple) {
  return (value + multiple - 1) / multiple * multiple;
}

bool is_pointwise(const ConvolutionGeometry& g) {
  return g.pad_x == 0 && g.pad_y == 0 && g.kernel_width == 1 && g.kernel_height == 1 && g.dilation_x == 1 &&
         g.dilation_y == 1 && g.in_channels == g.kernel_channels;
}

bool is_one_row(const ConvolutionGeometry& g) {
  return g.in_height == 1 && g.dilation_x == 1 && g.kernel_height == 1 && g.stride_x * g.in_channels % 4 == 0 &&
         g.in_channels == g.kernel_channels;
}

// Columns of the unrolled input: two as int16, rounded to whole words; on Helium four as int8, rounded to whole
// vectors.
std::int64_t unrolled_bytes(const ConvolutionGeometry& g, Isa isa) {
  const std::int64_t column = g.in_channels * g.kernel_width * g.kernel_height;
  return isa == Isa::mve ? 4 * round_up(column, 16) : 2 * round_up(column, 4) * 2;
}

// A convolution along one row on Helium unrolls its padded ends only.
std::int64_t one_row_bytes(const ConvolutionGeometry& g) {
  const std::int64_t excess = ((g.out_width - 1) * g.stride_x + g.kernel_width - g.in_width) % 2;
  const auto padded_outputs = [&](std::int64_t padding) {
    return std::max<std::int64_t>(1, (padding + g.stride_x - 1) / g.stride_x);
  };
  const std::int64_t right = g.pad_x + excess != 0 ? padded_outputs(g.pad_x + excess) : 0;
  const std::int64_t left = g.pad_x != 0 ? padded_outputs(g.pad_x) : 0;
  const std::int64_t inside = std::max<std::int64_t>(g.out_width - (right + left), 0);
  if (left + inside + right != g.out_width) return unrolled_bytes(g, Isa::mve);
  const std::int64_t left_bytes = (g.kernel_width + g.pad_x) * g.in_channels;
  const std::int64_t right_bytes = (g.kernel_width - 1 + (excess != 0 ? right : g.pad_x)) * g.in_channels;
  return std::max(left_bytes, right_bytes);
}

}  // namespace

std::int64_t convolution_scratch_bytes(const ConvolutionGeometry& g, Isa isa) {
  if (is_pointwise(g)) return 0;
  if (isa == Isa::mve && is_one_row(g)) return one_row_bytes(g);
  return unrolled_bytes(g, isa);
}

std::int64_t depthwise_scratch_bytes(const ConvolutionGeometry& g, Isa isa) {
  constexpr std::int64_t channels_per_block = 124;
  const std::int64_t taps = g.kernel_height * g.kernel_width;
  const bool optimised = g.in_channels == g.out_channels && g.batch == 1 && g.dilation_x == 1 && g.dilation_y == 1;
  if (isa == Isa::scalar) return 0;
  if (isa == Isa::dsp) {
    const bool in_registers = g.kernel_height == 3 && g.kernel_width == 3 && g.pad_y <= 1 && g.pad_x <= 1;
    return optimised && !in_registers ? g.in_channels * taps * 2 : 0;
  }
  const std::int64_t blocked = optimised ? 4 * channels_per_block * taps : 0;
  if (g.in_channels != 1 || g.out_channels == 1) return blocked;
  // One input channel: turned into a convolution, whose kernel is transposed behind the unrolled input.
  ConvolutionGeometry turned = g;
  turned.kernel_channels = g.out_channels;
  return std::max(blocked, convolution_scratch_bytes(turned, isa) + taps * g.out_channels);
}

TransposedScratch transposed_scratch_bytes(const ConvolutionGeometry& g, Isa isa) {
  constexpr std::int64_t efficient_channels = 16;
  if (g.stride_x <= 2 && g.stride_y <= 2 && g.in_channels > efficient_channels)
    return {unrolled_bytes(g, isa), g.in_channels * g.kernel_width * g.kernel_height * g.out_channels};
  // The width is compared with the vertical stride there; the size must be what that kernel uses.
  const std::int64_t width = (g.in_width - 1) * g.stride_x + std::max(g.kernel_width, g.stride_y);
  return {width * g.out_channels * std::max(g.kernel_height, g.stride_y) * 4, 0};
}

}  // namespace cortado::ops
