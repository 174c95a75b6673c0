// One product of quantized_mul (contract.h). Host and target, C++17.
#pragma once

#include "ops/checks.h"
#include "simd/vec.h"
#include "support/fixed_point.h"

namespace cortado::ops {

struct MulArithmetic {
  std::int32_t self_zero_point, other_zero_point, output_zero_point, multiplier, shift;

  std::int8_t operator()(std::int8_t a, std::int8_t b) const {
    const std::int32_t product = (a - self_zero_point) * (b - other_zero_point);
    return static_cast<std::int8_t>(
        clamp(wrapping_add(requantize(product, multiplier, shift), output_zero_point), -128, 127));
  }

  // ops/fours.h
  std::int32_t fours(const std::int8_t* a, const std::int8_t* b, std::int32_t count, std::int8_t* out) const {
    if (!simd::pays || shift > 0) return 0;
    const simd::I32x4 minus_exponent = simd::fill(shift);
    for (std::int32_t n = count / 4; n > 0; --n, a += 4, b += 4, out += 4) {
      const simd::I32x4 product = simd::multiply(simd::add(simd::load_wide(a), -self_zero_point),
                                                 simd::add(simd::load_wide(b), -other_zero_point));
      const simd::I32x4 result =
          simd::divide_by_power_of_two(simd::doubling_high_multiply(product, multiplier), minus_exponent);
      simd::store_narrow(out, simd::clamp(simd::add(result, output_zero_point), -128, 127));
    }
    return count / 4 * 4;
  }
};

inline std::int64_t magnitude(std::int32_t value) { return value < 0 ? -std::int64_t{value} : value; }

// A hardswish carries its + 3 in a zero point far outside the type; products must stay in 32 bits.
// Check or StageCheck.
template <class AnyCheck>
void check_mul(AnyCheck& check, const MulArithmetic& mul) {
  constexpr std::int32_t limit = 1 << 22;
  check.range("self_zero_point", mul.self_zero_point, -limit, limit)
      .range("other_zero_point", mul.other_zero_point, -limit, limit)
      .that((magnitude(mul.self_zero_point) + 128) * (magnitude(mul.other_zero_point) + 128) < INT64_C(1) << 31,
            "the zero points are too large")
      .range("output_zero_point", mul.output_zero_point, -128, 127)
      .factor("output_multiplier", mul.multiplier, mul.shift);
}

}  // namespace cortado::ops
