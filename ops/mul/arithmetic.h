// One product of quantized_mul (contract.h). Host and target, C++17.
#pragma once

#include "ops/checks.h"
#include "support/fixed_point.h"

namespace cortado::ops {

struct MulArithmetic {
  std::int32_t self_zero_point, other_zero_point, output_zero_point, multiplier, shift;

  std::int8_t operator()(std::int8_t a, std::int8_t b) const {
    const std::int32_t product = (a - self_zero_point) * (b - other_zero_point);
    return static_cast<std::int8_t>(clamp(wrapping_add(requantize(product, multiplier, shift), output_zero_point), -128, 127));
  }
};

inline std::int64_t magnitude(std::int32_t value) { return value < 0 ? -std::int64_t{value} : value; }

// A hardswish carries its + 3 in a zero point far outside the type; products must stay in 32 bits.
inline void check_mul(Check& check, const MulArithmetic& mul) {
  constexpr std::int32_t limit = 1 << 22;
  check.range("self_zero_point", mul.self_zero_point, -limit, limit)
      .range("other_zero_point", mul.other_zero_point, -limit, limit)
      .that((magnitude(mul.self_zero_point) + 128) * (magnitude(mul.other_zero_point) + 128) < INT64_C(1) << 31,
            "the zero points are too large")
      .range("output_zero_point", mul.output_zero_point, -128, 127)
      .factor("output_multiplier", mul.multiplier, mul.shift);
}

}  // namespace cortado::ops
