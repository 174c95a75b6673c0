// What the words of the vocabulary mean, lane by lane.
#pragma once

#include <cstdint>

namespace cortado::simd {

struct I8x16 { std::int8_t lane[16]; };
struct I16x8 { std::int16_t lane[8]; };
struct I32x4 { std::int32_t lane[4]; };

namespace detail {

inline std::int32_t wrap_add(std::int32_t a, std::int32_t b) {
  return static_cast<std::int32_t>(static_cast<std::uint32_t>(a) + static_cast<std::uint32_t>(b));
}
inline std::int32_t limit(std::int32_t value, std::int32_t low, std::int32_t high) {
  return value < low ? low : value > high ? high : value;
}

}  // namespace detail

inline I8x16 load(const std::int8_t* from) {
  I8x16 r;
  for (int i = 0; i < 16; ++i) r.lane[i] = from[i];
  return r;
}
// The first `count` ≤ 16; the other lanes are 0 and their memory is not touched.
inline I8x16 load_first(const std::int8_t* from, std::int32_t count) {
  I8x16 r = {};
  for (std::int32_t i = 0; i < count; ++i) r.lane[i] = from[i];
  return r;
}
inline I32x4 load(const std::int32_t* from) { return {{from[0], from[1], from[2], from[3]}}; }
inline I8x16 fill(std::int8_t value) {
  I8x16 r;
  for (std::int8_t& lane : r.lane) lane = value;
  return r;
}

// sum + Σ a · b, wrapping.
inline std::int32_t add_dot(std::int32_t sum, const I8x16& a, const I8x16& b) {
  std::int32_t dot = 0;
  for (int i = 0; i < 16; ++i) dot += a.lane[i] * b.lane[i];
  return detail::wrap_add(sum, dot);
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
  I16x8 r;
  for (int i = 0; i < 8; ++i) r.lane[i] = static_cast<std::int16_t>(a.lane[i] + b.lane[i]);
  return r;
}
inline I32x4 widen_even(const I16x8& a) { return {{a.lane[0], a.lane[2], a.lane[4], a.lane[6]}}; }
inline I32x4 widen_odd(const I16x8& a) { return {{a.lane[1], a.lane[3], a.lane[5], a.lane[7]}}; }

inline I32x4 set(std::int32_t a, std::int32_t b, std::int32_t c, std::int32_t d) { return {{a, b, c, d}}; }
inline I32x4 add(const I32x4& a, const I32x4& b) {  // wrapping
  I32x4 r;
  for (int i = 0; i < 4; ++i) r.lane[i] = detail::wrap_add(a.lane[i], b.lane[i]);
  return r;
}
inline I32x4 add(const I32x4& a, std::int32_t b) { return add(a, I32x4{{b, b, b, b}}); }
// round(a · b / 2^31), halves towards +∞, as support/fixed_point.h; b is not −2^31.
inline I32x4 doubling_high_multiply(const I32x4& a, const I32x4& b) {
  I32x4 r;
  for (int i = 0; i < 4; ++i)
    r.lane[i] = static_cast<std::int32_t>((static_cast<std::int64_t>(a.lane[i]) * b.lane[i] + (std::int64_t{1} << 30)) >> 31);
  return r;
}
// round(a / 2^e), halves away from zero; minus_exponent = −e, −31 … 0.
inline I32x4 divide_by_power_of_two(const I32x4& a, const I32x4& minus_exponent) {
  I32x4 r;
  for (int i = 0; i < 4; ++i) {
    const std::int32_t e = -minus_exponent.lane[i];
    const std::int64_t fixed = static_cast<std::int64_t>(a.lane[i]) - (a.lane[i] < 0 && e > 0 ? 1 : 0);
    r.lane[i] = e == 0 ? a.lane[i] : static_cast<std::int32_t>((fixed + (std::int64_t{1} << (e - 1))) >> e);
  }
  return r;
}

inline I32x4 clamp(const I32x4& a, std::int32_t low, std::int32_t high) {
  I32x4 r;
  for (int i = 0; i < 4; ++i) r.lane[i] = detail::limit(a.lane[i], low, high);
  return r;
}
inline I8x16 clamp(const I8x16& a, const I8x16& low, const I8x16& high) {
  I8x16 r;
  for (int i = 0; i < 16; ++i) r.lane[i] = static_cast<std::int8_t>(detail::limit(a.lane[i], low.lane[i], high.lane[i]));
  return r;
}
// The low bytes of the lanes, all or the first `count`.
inline void store_narrow_first(std::int8_t* to, const I32x4& a, std::int32_t count) {
  for (std::int32_t i = 0; i < count && i < 4; ++i) to[i] = static_cast<std::int8_t>(a.lane[i]);
}
inline void store_narrow(std::int8_t* to, const I32x4& a) { store_narrow_first(to, a, 4); }
inline void store_first(std::int8_t* to, const I8x16& a, std::int32_t count) {
  for (std::int32_t i = 0; i < count && i < 16; ++i) to[i] = a.lane[i];
}
inline void store(std::int8_t* to, const I8x16& a) { store_first(to, a, 16); }
// a0 b0 c0 d0 a1 b1 …, saturated to 8 bits.
inline I8x16 interleave_narrow(const I32x4& a, const I32x4& b, const I32x4& c, const I32x4& d) {
  I8x16 r;
  for (int i = 0; i < 4; ++i) {
    r.lane[4 * i] = static_cast<std::int8_t>(detail::limit(a.lane[i], -128, 127));
    r.lane[4 * i + 1] = static_cast<std::int8_t>(detail::limit(b.lane[i], -128, 127));
    r.lane[4 * i + 2] = static_cast<std::int8_t>(detail::limit(c.lane[i], -128, 127));
    r.lane[4 * i + 3] = static_cast<std::int8_t>(detail::limit(d.lane[i], -128, 127));
  }
  return r;
}

}  // namespace cortado::simd
