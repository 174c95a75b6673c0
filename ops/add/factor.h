// An operand of quantized_add, scaled (contract.h). Host and target, C++17.
#pragma once

#include "ops/add/contract.h"
#include "ops/add/eights_kernel.h"
#include "simd/vec.h"
#include "support/fixed_point.h"

namespace cortado::ops {

struct AddFactor {
  std::int32_t zero_point, multiplier, shift;

  std::int32_t scaled(std::int32_t value) const {
    return requantize((value - zero_point) * (1 << QuantizedAddArgs::left_shift), multiplier, shift);
  }
  // eights_kernel.h
  bool is_half() const { return multiplier == 1 << 30 && shift == 0; }
  std::int32_t kernel_factor() const { return 1 << (QuantizedAddArgs::left_shift + (is_half() ? 1 : 0)); }
  // The same of four; minus_exponent is the shift, which is not above 0.
  simd::I32x4 scaled(simd::I32x4 values, simd::I32x4 minus_exponent) const {
    const simd::I32x4 shifted = simd::shift_left<QuantizedAddArgs::left_shift>(simd::add(values, -zero_point));
    return simd::divide_by_power_of_two(simd::doubling_high_multiply(shifted, multiplier), minus_exponent);
  }
};

struct AddArithmetic {
  AddFactor self, other, output;
  std::int32_t activation_min, activation_max;

  std::int8_t operator()(std::int8_t a, std::int8_t b) const {
    const std::int32_t sum = wrapping_add(self.scaled(a), other.scaled(b));
    const std::int32_t result = wrapping_add(requantize(sum, output.multiplier, output.shift), output.zero_point);
    return static_cast<std::int8_t>(clamp(result, activation_min, activation_max));
  }

  bool fits_kernel() const {
    const auto fits = [](const AddFactor& halved, const AddFactor& factor) {
      return halved.is_half() && factor.multiplier >= 0 && (factor.shift < 0 || factor.is_half());
    };
    return has_add_kernel && (fits(self, other) || fits(other, self)) && output.multiplier >= 0 && output.shift < 0 &&
           output.shift >= -22 && activation_min == -128 && activation_max == 127;
  }
  // x, which is_half(), scales `first`, y `second`.
  std::int32_t eights(const std::int8_t* first, AddFactor x, const std::int8_t* second, AddFactor y, std::int32_t count,
                      std::int8_t* out) const {
    constexpr std::int32_t half = 1 << (QuantizedAddArgs::left_shift - 1);
    const std::int32_t s = -output.shift, factor = y.kernel_factor();
    run_add_kernel(
        output.zero_point == -128,
        {first, second, out, count / 8, half, factor, -x.zero_point * half, -y.zero_point * factor, y.multiplier,
         y.is_half() ? -1 : y.shift, output.multiplier, output.zero_point * (1 << s) + (1 << (s - 1)), 24 - s});
    return count / 8 * 8;
  }

  // ops/fours.h
  std::int32_t fours(const std::int8_t* a, const std::int8_t* b, std::int32_t count, std::int8_t* out) const {
    if (fits_kernel() && count >= 8)
      return self.is_half() ? eights(a, self, b, other, count, out) : eights(b, other, a, self, count, out);
    if (!simd::pays || self.shift > 0 || other.shift > 0 || output.shift > 0) return 0;
    const simd::I32x4 self_shift = simd::fill(self.shift), other_shift = simd::fill(other.shift);
    const simd::I32x4 output_shift = simd::fill(output.shift);
    for (std::int32_t n = count / 4; n > 0; --n, a += 4, b += 4, out += 4) {
      const simd::I32x4 sum =
          simd::add(self.scaled(simd::load_wide(a), self_shift), other.scaled(simd::load_wide(b), other_shift));
      const simd::I32x4 result =
          simd::divide_by_power_of_two(simd::doubling_high_multiply(sum, output.multiplier), output_shift);
      simd::store_narrow(out, simd::clamp(simd::add(result, output.zero_point), activation_min, activation_max));
    }
    return count / 4 * 4;
  }
};

}  // namespace cortado::ops
