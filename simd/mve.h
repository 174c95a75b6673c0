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
inline I32x4 load_wide(const std::int8_t* from) { return vldrbq_s32(from); }
inline I16x8 load_eight_first(const std::int8_t* from, std::int32_t count) {
  return vldrbq_z_s16(from, vctp16q(static_cast<std::uint32_t>(count)));
}
inline I8x16 fill(std::int8_t value) { return vdupq_n_s8(value); }
inline I32x4 fill(std::int32_t value) { return vdupq_n_s32(value); }
inline I32x4 set(std::int32_t a, std::int32_t b, std::int32_t c, std::int32_t d) { return I32x4{a, b, c, d}; }

inline std::int32_t dot(I8x16 a, I8x16 b) { return vmladavq_s8(a, b); }
inline std::int32_t add_dot(std::int32_t sum, I8x16 a, I8x16 b) { return vmladavaq_s8(sum, a, b); }
inline I16x8 multiply_even(I8x16 a, I8x16 b) { return vmullbq_int_s8(a, b); }
inline I16x8 multiply_odd(I8x16 a, I8x16 b) { return vmulltq_int_s8(a, b); }
inline I16x8 add(I16x8 a, I16x8 b) { return vaddq_s16(a, b); }
inline I32x4 widen_even(I16x8 a) { return vmovlbq_s16(a); }
inline I32x4 widen_odd(I16x8 a) { return vmovltq_s16(a); }

inline I32x4 add(I32x4 a, I32x4 b) { return vaddq_s32(a, b); }
inline I32x4 add(I32x4 a, std::int32_t b) { return vaddq_n_s32(a, b); }
inline I32x4 multiply(I32x4 a, I32x4 b) { return vmulq_s32(a, b); }
inline I32x4 saturating_add(I32x4 a, I32x4 b) { return vqaddq_s32(a, b); }
inline I32x4 saturating_add(I32x4 a, std::int32_t b) { return vqaddq_n_s32(a, b); }
inline I32x4 signs(I32x4 a) { return vshrq_n_s32(a, 31); }
inline I32x4 doubling_high_multiply(I32x4 a, I32x4 b) { return vqrdmulhq_s32(a, b); }
inline I32x4 doubling_high_multiply(I32x4 a, std::int32_t b) { return vqrdmulhq_n_s32(a, b); }
inline I32x4 doubling_high_multiply_add(I32x4 a, I32x4 b, std::int32_t c) { return vqrdmlashq_n_s32(a, b, c); }
inline I32x4 divide_by_power_of_two(I32x4 a, I32x4 minus_exponent) {
  const I32x4 fix = vshrq_n_s32(vandq_s32(a, minus_exponent), 31);
  return vrshlq_s32(vqaddq_s32(a, fix), minus_exponent);
}
inline I32x4 saturating_shift_left(I32x4 a, I32x4 count) { return vqshlq_s32(a, count); }
inline I32x4 saturating_shift_left(I32x4 a, std::int32_t count) { return vqshlq_r_s32(a, count); }
template <int count>
inline I32x4 shift_left(I32x4 a) {
  return vshlq_n_s32(a, count);
}
inline I32x4 to_top_byte(I32x4 a) { return vshlq_n_s32(a, 24); }
inline I32x4 from_top_byte(I32x4 a) { return vshrq_n_s32(a, 24); }

inline I32x4 clamp(I32x4 a, std::int32_t low, std::int32_t high) {
  return vminq_s32(vmaxq_s32(a, vdupq_n_s32(low)), vdupq_n_s32(high));
}
inline I8x16 keep(I8x16 a, I8x16 mask) { return vandq_s8(a, mask); }
inline I8x16 load_at(const std::int8_t* from, I8x16 offsets) {
  return vldrbq_gather_offset_s8(from, vreinterpretq_u8_s8(offsets));
}
inline I8x16 rotate_words(I8x16 a, std::int32_t bits) {
  const uint32x4_t words = vreinterpretq_u32_s8(a);
  return vreinterpretq_s8_u32(vorrq_u32(vshlq_r_u32(words, bits), vshlq_r_u32(words, bits - 32)));
}
inline I8x16 shift_word_up(I8x16 a) {
  std::uint32_t carry = 0;
  return vshlcq_s8(a, &carry, 32);
}

inline void store(std::int8_t* to, I8x16 a) { vstrbq_s8(to, a); }
inline void store_first(std::int8_t* to, I8x16 a, std::int32_t count) {
  vstrbq_p_s8(to, a, vctp8q(static_cast<std::uint32_t>(count)));
}
inline void store(std::int32_t* to, I32x4 a) { vstrwq_s32(to, a); }
inline void store_narrow(std::int8_t* to, I32x4 a) { vstrbq_s32(to, a); }
inline void store_narrow_first(std::int8_t* to, I32x4 a, std::int32_t count) {
  vstrbq_p_s32(to, a, vctp32q(static_cast<std::uint32_t>(count)));
}
inline void store_narrow_apart(std::int8_t* to, I32x4 offsets, I32x4 a) {
  vstrbq_scatter_offset_s32(to, vreinterpretq_u32_s32(offsets), a);
}
inline void store_first_apart(std::int8_t* to, I8x16 offsets, I8x16 a, std::int32_t count) {
  vstrbq_scatter_offset_p_s8(to, vreinterpretq_u8_s8(offsets), a, vctp8q(static_cast<std::uint32_t>(count)));
}
inline I8x16 interleave_narrow(I32x4 a, I32x4 b, I32x4 c, I32x4 d) {
  I16x8 even = vuninitializedq_s16();
  I16x8 odd = vuninitializedq_s16();
  even = vqmovntq_s32(vqmovnbq_s32(even, a), c);
  odd = vqmovntq_s32(vqmovnbq_s32(odd, b), d);
  return vqmovntq_s16(vqmovnbq_s16(vuninitializedq_s8(), even), odd);
}

// A loop on this pointer is counted by comparing it: a hardware loop would take lr, which sums need (VMLADAV takes even
// registers only, of which there are eight).
inline void count_by(const std::int8_t*& pointer) { asm volatile("" : "+r"(pointer)); }

}  // namespace cortado::simd
