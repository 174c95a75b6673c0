// Convolution without groups whose output is planes (ops/stage.h), for a depthwise convolution to read. Host and
// target, C++17.
//
// As PackedConv2dStage, but with the constant in another order where patches have no more than 32 bytes: for every
// output its weights and zeros up to a multiple of 16 bytes, then PackedFactors<1>. Rows are at least 4 columns wide.
// `outside` is the value of columns that are not in the image. Two rows of which the first is even are made faster than
// one by one where has_two_rows.
#pragma once

#include "ops/packed_conv2d/patches.h"
#include "ops/packed_output.h"

namespace cortado::ops {

struct PlanarConv2dStage {
  static constexpr std::uint32_t id = 12;
  enum : std::uint32_t { input_zero_point, form, activation_min, activation_max, outside, count };

  static constexpr std::int32_t min_width = 4;
  static constexpr std::int32_t max_resident_depth = 32;  // of weights that stay in registers

  static constexpr bool has_two_rows(PackedForm form, std::int32_t step, bool are_rows) {
    const bool has_kernel = step % 16 == 0 || step == 24;
    return has_kernel && form == PackedForm::at_limit && (are_rows || step <= max_patches_bytes / (2 * min_width));
  }
};

}  // namespace cortado::ops
