// The vector vocabulary lane by lane: what its words mean. Every word is defined for all operands, as on Helium: what a
// damaged program puts there is wrong, but harmless. Host and target, C++17.
#pragma once

#include <cstdint>

namespace cortado::simd {

struct I8x16 {
  std::int8_t lane[16];
};
struct I16x8 {
  std::int16_t lane[8];
};
struct I32x4 {
  std::int32_t lane[4];
};

namespace detail {

inline std::int32_t wrap_add(std::int32_t a, std::int32_t b) {
  return static_cast<std::int32_t>(static_cast<std::uint32_t>(a) + static_cast<std::uint32_t>(b));
}
inline std::int32_t limit(std::int32_t value, std::int32_t low, std::int32_t high) {
  return value < low ? low : value > high ? high : value;
}
inline std::int32_t saturate(std::int64_t value) {
  return static_cast<std::int32_t>(value < INT32_MIN ? INT32_MIN : value > INT32_MAX ? INT32_MAX : value);
}
inline std::int32_t shift_left(std::int32_t value, std::int32_t count) {
  const auto byte = static_cast<std::int8_t>(count);  // shifts count by their lowest byte
  if (byte < 0) return value >> (byte < -31 ? 31 : -byte);
  return saturate(static_cast<std::int64_t>(value) * (std::int64_t{1} << (byte > 31 ? 31 : byte)));
}
template <class Vector, class F>
Vector each(const Vector& a, const Vector& b, F f) {
  Vector r;
  for (unsigned i = 0; i < sizeof r.lane / sizeof r.lane[0]; ++i) r.lane[i] = f(a.lane[i], b.lane[i]);
  return r;
}

}  // namespace detail

// --- lanes from memory; std::int32_t is read at multiples of 4

inline I8x16 load(const std::int8_t* from) {
  I8x16 r;
  for (int i = 0; i < 16; ++i) r.lane[i] = from[i];
  return r;
}
// The first `count` ≤ 16; the other lanes are 0 and their memory is not touched.
inline I8x16 load_first(const std::int8_t* from, std::int32_t count) {
  I8x16 r = {};
  for (std::int32_t i = 0; i < count && i < 16; ++i) r.lane[i] = from[i];
  return r;
}
// The first `count` ≤ 8, each in 16 bits.
inline I16x8 load_eight_first(const std::int8_t* from, std::int32_t count) {
  I16x8 r = {};
  for (std::int32_t i = 0; i < count && i < 8; ++i) r.lane[i] = from[i];
  return r;
}
// The bytes at offsets of 0 … 255.
inline I8x16 load_at(const std::int8_t* from, const I8x16& offsets) {
  I8x16 r;
  for (int i = 0; i < 16; ++i) r.lane[i] = from[static_cast<std::uint8_t>(offsets.lane[i])];
  return r;
}
inline I32x4 load(const std::int32_t* from) { return {{from[0], from[1], from[2], from[3]}}; }
// Four bytes as numbers of 32 bits.
inline I32x4 load_wide(const std::int8_t* from) { return {{from[0], from[1], from[2], from[3]}}; }
inline I8x16 fill(std::int8_t value) {
  I8x16 r;
  for (std::int8_t& lane : r.lane) lane = value;
  return r;
}
inline I32x4 fill(std::int32_t value) { return {{value, value, value, value}}; }
inline I32x4 set(std::int32_t a, std::int32_t b, std::int32_t c, std::int32_t d) { return {{a, b, c, d}}; }

// --- products

// Σ a · b, and added to a sum, wrapping.
inline std::int32_t dot(const I8x16& a, const I8x16& b) {
  std::int32_t sum = 0;
  for (int i = 0; i < 16; ++i) sum += a.lane[i] * b.lane[i];
  return sum;
}
inline std::int32_t add_dot(std::int32_t sum, const I8x16& a, const I8x16& b) {
  return detail::wrap_add(sum, dot(a, b));
}
// Products of lanes 0, 2, 4 … or 1, 3, 5 ….
inline I16x8 multiply_even(const I8x16& a, const I8x16& b) {
  I16x8 r;
  for (int i = 0; i < 8; ++i) r.lane[i] = static_cast<std::int16_t>(a.lane[2 * i] * b.lane[2 * i]);
  return r;
}
inline I16x8 multiply_odd(const I8x16& a, const I8x16& b) {
  I16x8 r;
  for (int i = 0; i < 8; ++i) r.lane[i] = static_cast<std::int16_t>(a.lane[2 * i + 1] * b.lane[2 * i + 1]);
  return r;
}
inline I16x8 add(const I16x8& a, const I16x8& b) {  // wrapping
  return detail::each(a, b, [](std::int16_t x, std::int16_t y) { return static_cast<std::int16_t>(x + y); });
}
inline I32x4 widen_even(const I16x8& a) { return {{a.lane[0], a.lane[2], a.lane[4], a.lane[6]}}; }
inline I32x4 widen_odd(const I16x8& a) { return {{a.lane[1], a.lane[3], a.lane[5], a.lane[7]}}; }

// --- 32-bit lanes; where one operand is a number, it is that of all lanes

inline I32x4 add(const I32x4& a, const I32x4& b) { return detail::each(a, b, detail::wrap_add); }
inline I32x4 add(const I32x4& a, std::int32_t b) { return add(a, fill(b)); }
inline I32x4 multiply(const I32x4& a, const I32x4& b) {  // wrapping
  return detail::each(a, b, [](std::int32_t x, std::int32_t y) {
    return static_cast<std::int32_t>(static_cast<std::uint32_t>(x) * static_cast<std::uint32_t>(y));
  });
}
inline I32x4 saturating_add(const I32x4& a, const I32x4& b) {
  return detail::each(
      a, b, [](std::int32_t x, std::int32_t y) { return detail::saturate(static_cast<std::int64_t>(x) + y); });
}
inline I32x4 saturating_add(const I32x4& a, std::int32_t b) { return saturating_add(a, fill(b)); }
// −1 where a lane is negative, else 0.
inline I32x4 signs(const I32x4& a) { return {{a.lane[0] >> 31, a.lane[1] >> 31, a.lane[2] >> 31, a.lane[3] >> 31}}; }
// round(a · b / 2^31), halves towards +∞, saturated, as support/fixed_point.h.
inline I32x4 doubling_high_multiply(const I32x4& a, const I32x4& b) {
  return detail::each(a, b, [](std::int32_t x, std::int32_t y) {
    return detail::saturate((static_cast<std::int64_t>(x) * y + (std::int64_t{1} << 30)) >> 31);
  });
}
inline I32x4 doubling_high_multiply(const I32x4& a, std::int32_t b) { return doubling_high_multiply(a, fill(b)); }
// The same + c, saturated once, at the end.
inline I32x4 doubling_high_multiply_add(const I32x4& a, const I32x4& b, std::int32_t c) {
  return detail::each(a, b, [c](std::int32_t x, std::int32_t y) {
    return detail::saturate(((static_cast<std::int64_t>(x) * y + (std::int64_t{1} << 30)) >> 31) + c);
  });
}
// round(a / 2^e), halves away from zero; minus_exponent = −e, −31 … 0.
inline I32x4 divide_by_power_of_two(const I32x4& a, const I32x4& minus_exponent) {
  return detail::each(a, minus_exponent, [](std::int32_t x, std::int32_t minus_e) {
    const std::int32_t e = minus_e < -31 ? 31 : minus_e > 0 ? 0 : -minus_e;
    const std::int64_t fixed = static_cast<std::int64_t>(x) - (x < 0 && e > 0 ? 1 : 0);
    return e == 0 ? x : static_cast<std::int32_t>((fixed + (std::int64_t{1} << (e - 1))) >> e);
  });
}
// a · 2^count, saturated; counts below 0 shift right, towards −∞.
inline I32x4 saturating_shift_left(const I32x4& a, const I32x4& count) {
  return detail::each(a, count, detail::shift_left);
}
inline I32x4 saturating_shift_left(const I32x4& a, std::int32_t count) { return saturating_shift_left(a, fill(count)); }
// a · 2^count, wrapping.
template <int count>
inline I32x4 shift_left(const I32x4& a) {
  I32x4 r;
  for (int i = 0; i < 4; ++i) r.lane[i] = static_cast<std::int32_t>(static_cast<std::uint32_t>(a.lane[i]) << count);
  return r;
}
// Numbers of 8 bits to the top byte of their lanes, and back.
inline I32x4 to_top_byte(const I32x4& a) { return shift_left<24>(a); }
inline I32x4 from_top_byte(const I32x4& a) {
  return {{a.lane[0] >> 24, a.lane[1] >> 24, a.lane[2] >> 24, a.lane[3] >> 24}};
}
inline I32x4 clamp(const I32x4& a, std::int32_t low, std::int32_t high) {
  I32x4 r;
  for (int i = 0; i < 4; ++i) r.lane[i] = detail::limit(a.lane[i], low, high);
  return r;
}

// --- bytes as four words, the first byte lowest

// The bits of the mask only.
inline I8x16 keep(const I8x16& a, const I8x16& mask) {
  return detail::each(a, mask, [](std::int8_t x, std::int8_t m) { return static_cast<std::int8_t>(x & m); });
}
// Every word to the left, 0, 8, 16 or 24 bits.
inline I8x16 rotate_words(const I8x16& a, std::int32_t bits) {
  I8x16 r;
  for (int i = 0; i < 16; ++i) r.lane[i / 4 * 4 + (i + bits / 8) % 4] = a.lane[i];
  return r;
}
// 0, word 0, word 1, word 2.
inline I8x16 shift_word_up(const I8x16& a) {
  I8x16 r = {};
  for (int i = 4; i < 16; ++i) r.lane[i] = a.lane[i - 4];
  return r;
}

// --- lanes to memory

inline void store_first(std::int8_t* to, const I8x16& a, std::int32_t count) {
  for (std::int32_t i = 0; i < count && i < 16; ++i) to[i] = a.lane[i];
}
inline void store(std::int8_t* to, const I8x16& a) { store_first(to, a, 16); }
inline void store(std::int32_t* to, const I32x4& a) {
  for (int i = 0; i < 4; ++i) to[i] = a.lane[i];
}
// The first `count` lanes, each at its own offset of 0 … 255.
inline void store_first_apart(std::int8_t* to, const I8x16& offsets, const I8x16& a, std::int32_t count) {
  for (std::int32_t i = 0; i < count && i < 16; ++i) to[static_cast<std::uint8_t>(offsets.lane[i])] = a.lane[i];
}
// The low bytes of the lanes, all or the first `count`; or each at its own offset.
inline void store_narrow_first(std::int8_t* to, const I32x4& a, std::int32_t count) {
  for (std::int32_t i = 0; i < count && i < 4; ++i) to[i] = static_cast<std::int8_t>(a.lane[i]);
}
inline void store_narrow(std::int8_t* to, const I32x4& a) { store_narrow_first(to, a, 4); }
inline void store_narrow_apart(std::int8_t* to, const I32x4& offsets, const I32x4& a) {
  for (int i = 0; i < 4; ++i) to[offsets.lane[i]] = static_cast<std::int8_t>(a.lane[i]);
}
// a0 b0 c0 d0 a1 b1 …, saturated to 8 bits.
inline I8x16 interleave_narrow(const I32x4& a, const I32x4& b, const I32x4& c, const I32x4& d) {
  I8x16 r;
  for (int i = 0; i < 4; ++i) {
    const std::int32_t column[4] = {a.lane[i], b.lane[i], c.lane[i], d.lane[i]};
    for (int k = 0; k < 4; ++k) r.lane[4 * i + k] = static_cast<std::int8_t>(detail::limit(column[k], -128, 127));
  }
  return r;
}

// For the compiler of a core: how to count a loop on this pointer.
inline void count_by(const std::int8_t*&) {}

}  // namespace cortado::simd
