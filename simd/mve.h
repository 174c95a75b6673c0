// Helium's form of the vocabulary; portable.h says what each word means.
#pragma once

#include <arm_mve.h>

#include <cstdint>

namespace cortado::simd {

using I8x16 = int8x16_t;
using I16x8 = int16x8_t;
using I32x4 = int32x4_t;

inline I8x16 load(const std::int8_t* from) { return vldrbq_s8(from); }
inline I8x16 load_first(const std::int8_t* from, std::int32_t count) {
  return vldrbq_z_s8(from, vctp8q(static_cast<std::uint32_t>(count)));
}
inline I32x4 load(const std::int32_t* from) { return vldrwq_s32(from); }
inline I8x16 fill(std::int8_t value) { return vdupq_n_s8(value); }

inline std::int32_t add_dot(std::int32_t sum, I8x16 a, I8x16 b) { return vmladavaq_s8(sum, a, b); }
inline I16x8 multiply_even(I8x16 a, I8x16 b) { return vmullbq_int_s8(a, b); }
inline I16x8 multiply_odd(I8x16 a, I8x16 b) { return vmulltq_int_s8(a, b); }
inline I16x8 add(I16x8 a, I16x8 b) { return vaddq_s16(a, b); }
inline I32x4 widen_even(I16x8 a) { return vmovlbq_s16(a); }
inline I32x4 widen_odd(I16x8 a) { return vmovltq_s16(a); }

inline I32x4 set(std::int32_t a, std::int32_t b, std::int32_t c, std::int32_t d) { return I32x4{a, b, c, d}; }
inline I32x4 add(I32x4 a, I32x4 b) { return vaddq_s32(a, b); }
inline I32x4 add(I32x4 a, std::int32_t b) { return vaddq_n_s32(a, b); }
inline I32x4 doubling_high_multiply(I32x4 a, I32x4 b) { return vqrdmulhq_s32(a, b); }
inline I32x4 divide_by_power_of_two(I32x4 a, I32x4 minus_exponent) {
  const I32x4 fix = vshrq_n_s32(vandq_s32(a, minus_exponent), 31);
  return vrshlq_s32(vqaddq_s32(a, fix), minus_exponent);
}

inline I32x4 clamp(I32x4 a, std::int32_t low, std::int32_t high) {
  return vminq_s32(vmaxq_s32(a, vdupq_n_s32(low)), vdupq_n_s32(high));
}
inline I8x16 clamp(I8x16 a, I8x16 low, I8x16 high) { return vminq_s8(vmaxq_s8(a, low), high); }
inline void store_narrow(std::int8_t* to, I32x4 a) { vstrbq_s32(to, a); }
inline void store_narrow_first(std::int8_t* to, I32x4 a, std::int32_t count) {
  vstrbq_p_s32(to, a, vctp32q(static_cast<std::uint32_t>(count)));
}
inline void store_first(std::int8_t* to, I8x16 a, std::int32_t count) {
  vstrbq_p_s8(to, a, vctp8q(static_cast<std::uint32_t>(count)));
}
inline void store(std::int8_t* to, I8x16 a) { vstrbq_s8(to, a); }
inline I8x16 interleave_narrow(I32x4 a, I32x4 b, I32x4 c, I32x4 d) {
  I16x8 even = vuninitializedq_s16();
  I16x8 odd = vuninitializedq_s16();
  even = vqmovntq_s32(vqmovnbq_s32(even, a), c);
  odd = vqmovntq_s32(vqmovnbq_s32(odd, b), d);
  return vqmovntq_s16(vqmovnbq_s16(vuninitializedq_s8(), even), odd);
}

}  // namespace cortado::simd
