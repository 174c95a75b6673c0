// Exponential and reciprocal in fixed point, after gemmlowp. Qm.n is a number with n fraction bits in 32 bits.
// Host and target, C++17.
#pragma once

#include "support/fixed_point.h"

namespace cortado::ops::softmax {

// exp(a) as Q0.31 for a ≤ 0 in Q5.26. a = t − k/4 with t in −1/4 … 0: a polynomial around −1/8 gives exp(t), and the
// bits of k select factors exp(−1/4), exp(−1/2), … exp(−16).
inline std::int32_t exp_of_negative(std::int32_t a) {
  if (a == 0) return INT32_MAX;
  constexpr std::int32_t quarter = 1 << 24;
  constexpr std::int32_t exp_of_minus_eighth = 1895147668;  // Q0.31
  constexpr std::int32_t third = 715827883;                 // Q0.31
  const std::int32_t t = (a & (quarter - 1)) - quarter;     // Q5.26
  const std::int32_t k =
      static_cast<std::int32_t>(static_cast<std::uint32_t>(t) - static_cast<std::uint32_t>(a));  // multiples of 1/4
  const std::int32_t x = t * 32 + (1 << 28);                                                     // t + 1/8 in Q0.31
  const std::int32_t x2 = doubling_high_multiply(x, x);
  const std::int32_t x3 = doubling_high_multiply(x2, x);
  const std::int32_t x4 = doubling_high_multiply(x2, x2);
  const std::int32_t quartic = rounding_divide_by_power_of_two(x4, 2) + x3;
  const std::int32_t tail = rounding_divide_by_power_of_two(doubling_high_multiply(quartic, third) + x2, 1);
  std::int32_t result = exp_of_minus_eighth + doubling_high_multiply(exp_of_minus_eighth, x + tail);
  constexpr std::int32_t factors[7] = {1672461947, 1302514674, 790015084, 290630308, 39332535, 720401, 242};
  for (int bit = 0; bit < 7; ++bit)
    if ((k >> (24 + bit)) & 1) result = doubling_high_multiply(result, factors[bit]);
  return result;
}

inline std::int32_t saturating_times_power_of_two(std::int32_t value, std::int32_t exponent) {
  return saturating_left_shift(value, exponent);
}

// 1 / (1 + a) as Q0.31 for a in 0 … 1 in Q0.31, by three Newton steps on x ≈ 2 / (1 + a) in Q2.29.
inline std::int32_t reciprocal_of_one_plus(std::int32_t a) {
  const std::int64_t sum = static_cast<std::int64_t>(a) + INT32_MAX;
  const auto half = static_cast<std::int32_t>((sum + (sum >= 0 ? 1 : -1)) / 2);  // (1 + a) / 2
  constexpr std::int32_t forty_eight_17ths = 1515870810;                         // Q2.29
  constexpr std::int32_t minus_thirty_two_17ths = -1010580540;                   // Q2.29
  constexpr std::int32_t one = 1 << 29;                                          // Q2.29
  std::int32_t x = forty_eight_17ths + doubling_high_multiply(half, minus_thirty_two_17ths);
  for (int step = 0; step < 3; ++step) {
    const std::int32_t error = one - doubling_high_multiply(half, x);
    x = wrapping_add(x, saturating_times_power_of_two(doubling_high_multiply(x, error), 2));
  }
  return saturating_times_power_of_two(x, 1);
}

}  // namespace cortado::ops::softmax
