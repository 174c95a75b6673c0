// Convolution without groups whose output is planes (ops/stage.h), for a depthwise convolution to read. Host and target, C++17.
//
// As PackedConv2dStage, but with the constant in another order where patches have no more than 32 bytes: for every output
// its weights and zeros up to a multiple of 16 bytes, then PackedFactors<1>. Rows are at least 4 columns wide. `outside` is
// the value of columns that are not in the image.
#pragma once

#include "ops/stage.h"

namespace cortado::ops {

struct PlanarConv2dStage {
  static constexpr std::uint32_t id = 12;
  enum : std::uint32_t { input_zero_point, form, activation_min, activation_max, outside, count };

  static constexpr std::int32_t min_width = 4;
  static constexpr std::int32_t max_resident_depth = 32;  // of weights that stay in registers
};

}  // namespace cortado::ops
