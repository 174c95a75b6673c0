// The rounding of quantize_per_tensor (contract.h). Host and target, C++17.
#pragma once

#include <cstdint>

namespace cortado::ops {

struct QuantizeArithmetic {
  float inverse_scale;
  std::int32_t zero_point, quant_min, quant_max;
};

// Adding 1.5 · 2^23 leaves a float whose last place is 1: the addition itself rounds to an integer, halves to even.
// Beyond ±2^21 every result saturates anyway.
constexpr float rounding_magic = 12582912.0f;
constexpr float rounding_limit = 2097152.0f;

// rounding_magic + x · factor, rounded once.
inline float multiply_add_magic(float x, float factor) {
#if defined(__ARM_FEATURE_FMA) || defined(__FMA__)
  return __builtin_fmaf(x, factor, rounding_magic);
#else
  // The product is exact in double; 1.5 · 2^52 rounds it to an integer as above. The bounds keep that exact.
  double product = static_cast<double>(x) * static_cast<double>(factor);
  if (product > rounding_limit) product = rounding_limit;
  if (product < -rounding_limit) product = -rounding_limit;
  return static_cast<float>((product + 0x1.8p52) - 0x1.8p52) + rounding_magic;
#endif
}

inline float multiply_then_add_magic(float x, float factor) {
  const float product = x * factor;
  return product + rounding_magic;
}

// From rounding_magic + v, v rounded already; NaN counts as 0.
inline std::int32_t finish_quantized(float shifted, const QuantizeArithmetic& plan) {
  if (shifted > rounding_magic + rounding_limit) shifted = rounding_magic + rounding_limit;
  if (shifted < rounding_magic - rounding_limit) shifted = rounding_magic - rounding_limit;
  if (shifted != shifted) shifted = rounding_magic;
  const std::int32_t value = static_cast<std::int32_t>(shifted - rounding_magic) + plan.zero_point;
  return value < plan.quant_min ? plan.quant_min : value > plan.quant_max ? plan.quant_max : value;
}

// Elements begin … end − 1 of a tensor of which the first `whole` lie in whole groups; out[0] is element `begin`.
template <class Q>
void quantize_run(const QuantizeArithmetic& plan, const float* in, std::uint32_t begin, std::uint32_t whole,
                  std::uint32_t end, Q* out) {
  const std::uint32_t turn = whole < begin ? begin : whole < end ? whole : end;
  const std::uint32_t fused = turn - begin, count = end - begin;
  for (std::uint32_t i = 0; i < fused; ++i)
    out[i] = static_cast<Q>(finish_quantized(multiply_add_magic(in[i], plan.inverse_scale), plan));
  for (std::uint32_t i = fused; i < count; ++i)
    out[i] = static_cast<Q>(finish_quantized(multiply_then_add_magic(in[i], plan.inverse_scale), plan));
}

}  // namespace cortado::ops
