// The integer arithmetic of ExecuTorch's Cortex-M kernels (CMSIS-NN). Host and target, C++17.
//
// A real factor r > 0 is carried as (multiplier, shift): r = multiplier · 2^(shift − 31), multiplier in 2^30 … 2^31
// − 1.
#pragma once

#include <cstdint>

namespace cortado {

// round(a · b / 2^31), halves towards +∞; saturates in the one case that overflows (both −2^31).
inline std::int32_t doubling_high_multiply(std::int32_t a, std::int32_t b) {
  const std::int64_t product = static_cast<std::int64_t>(a) * b + (std::int64_t{1} << 30);
  const std::int64_t high = product >> 31;
  return high > INT32_MAX ? INT32_MAX : static_cast<std::int32_t>(high);
}

// round(value / 2^exponent), halves away from zero; exponent 0 … 31.
inline std::int32_t rounding_divide_by_power_of_two(std::int32_t value, std::int32_t exponent) {
  if (exponent == 0) return value;
  const std::int64_t fixed = static_cast<std::int64_t>(value) - (value < 0 ? 1 : 0);
  return static_cast<std::int32_t>((fixed + (std::int64_t{1} << (exponent - 1))) >> exponent);
}

// value · 2^exponent, saturated to 32 bits; exponent 0 … 31. CMSIS-NN wraps here; no model in range gets there.
inline std::int32_t saturating_left_shift(std::int32_t value, std::int32_t exponent) {
  const std::int64_t wide = static_cast<std::int64_t>(value) * (std::int64_t{1} << exponent);
  return wide > INT32_MAX ? INT32_MAX : wide < INT32_MIN ? INT32_MIN : static_cast<std::int32_t>(wide);
}

// value · multiplier · 2^(shift − 31), rounded twice as CMSIS-NN's arm_nn_requantize does; shift −31 … 31.
inline std::int32_t requantize(std::int32_t value, std::int32_t multiplier, std::int32_t shift) {
  const std::int32_t left = shift > 0 ? shift : 0;
  const std::int32_t right = shift > 0 ? 0 : -shift;
  return rounding_divide_by_power_of_two(doubling_high_multiply(saturating_left_shift(value, left), multiplier), right);
}

inline std::int32_t clamp(std::int32_t value, std::int32_t low, std::int32_t high) {
  return value < low ? low : value > high ? high : value;
}

// a + b with wrap-around, as the accumulators of the core do it.
inline std::int32_t wrapping_add(std::int32_t a, std::int32_t b) {
  return static_cast<std::int32_t>(static_cast<std::uint32_t>(a) + static_cast<std::uint32_t>(b));
}
inline std::int32_t wrapping_multiply(std::int32_t a, std::int32_t b) {
  return static_cast<std::int32_t>(static_cast<std::uint32_t>(a) * static_cast<std::uint32_t>(b));
}

}  // namespace cortado
