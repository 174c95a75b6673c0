// Requantisation of four channels at a time, for stages with packed weights. Host and target, C++17.
#pragma once

#include "ops/checks.h"
#include "simd/vec.h"

namespace cortado::ops {

// In a weight stream: bias with the input's zero point folded in, multiplier, and the shift, which is −31 … 0: factors
// of 1 and above are not packed.
struct PackedFactors {
  std::int32_t bias[4], multiplier[4], shift[4];
};

struct PackedOutput {
  std::int32_t offset, activation_min, activation_max;

  // Scaled, with the offset added; not clamped yet.
  simd::I32x4 scale(simd::I32x4 acc, simd::I32x4 multiplier, simd::I32x4 shift) const {
    return simd::add(simd::divide_by_power_of_two(simd::doubling_high_multiply(acc, multiplier), shift), offset);
  }
};

inline PackedOutput checked_packed_output(Check& check, const std::int32_t* numbers) {
  check.range("output_offset", numbers[0], -128, 127).activation(numbers[1], numbers[2]);
  return {numbers[0], numbers[1], numbers[2]};
}

// `count` groups of factors, `step` bytes apart.
inline void check_packed_factors(Check& check, const std::uint8_t* first, std::int64_t count, std::int64_t step) {
  for (std::int64_t i = 0; check.ok() && i < count; ++i) {
    const auto& factors = *reinterpret_cast<const PackedFactors*>(first + i * step);
    for (int lane = 0; lane < 4; ++lane)
      check.range("a packed shift", factors.shift[lane], -31, 0)
          .range("a packed multiplier", factors.multiplier[lane], -INT32_MAX, INT32_MAX);
  }
}

}  // namespace cortado::ops
