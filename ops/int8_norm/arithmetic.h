// The arithmetic of cortado::quantized_norm (contract.h), for its kernel and its stage. Host and target, C++17.
#pragma once

#include <cstdint>

namespace cortado::ops::int8_norm {

constexpr std::int64_t most_elements = 1 << 20;  // of a row
constexpr std::int64_t largest_eps = INT64_C(1) << 56;

// 1 / √v as multiplier · 2^−exponent, multiplier in 2^30 … 2^31 − 1.
struct InverseRoot {
  std::int32_t multiplier, exponent;
};

// ⌊√v⌋ for v ≥ 2^62, digit by digit.
inline std::uint32_t square_root(std::uint64_t v) {
  std::uint64_t rest = v, root = 0;
  for (std::uint64_t bit = UINT64_C(1) << 62; bit != 0; bit >>= 2) {
    const bool fits = rest >= root + bit;
    if (fits) rest -= root + bit;
    root = (root >> 1) + (fits ? bit : 0);
  }
  return static_cast<std::uint32_t>(root);
}

// v is 1 … 2^62 − 1.
inline InverseRoot inverse_root(std::uint64_t v) {
  std::int32_t doublings = 0;  // of the root
  while (v < UINT64_C(1) << 62) {
    v <<= 2;
    ++doublings;
  }
  const std::uint64_t quotient = (UINT64_C(1) << 62) / square_root(v);
  return {static_cast<std::int32_t>(quotient > INT32_MAX ? INT32_MAX : quotient), 62 - doublings};
}

// Of a row: count · q − sum over its deviation is (count · q − sum) · root.
struct RowStatistics {
  std::int32_t count, sum;
  InverseRoot root;
};

inline RowStatistics statistics_of(const std::int8_t* row, std::int32_t count, std::int64_t eps) {
  std::int32_t sum = 0;
  std::uint64_t squares = 0;
  for (std::int32_t first = 0; first < count;) {  // 2^16 squares fit 32 bits
    const std::int32_t last = count - first > 1 << 16 ? first + (1 << 16) : count;
    std::uint32_t part = 0;
    for (; first < last; ++first) {
      sum += row[first];
      part += static_cast<std::uint32_t>(row[first] * row[first]);
    }
    squares += part;
  }
  const std::uint64_t spread =
      static_cast<std::uint64_t>(count) * squares - static_cast<std::uint64_t>(std::int64_t{sum} * sum);
  return {count, sum, inverse_root(spread + static_cast<std::uint64_t>(eps))};
}

inline std::int8_t normalised(const RowStatistics& row, std::int8_t q, std::int32_t factor, std::int32_t offset,
                              std::int32_t zero_point) {
  const std::int32_t shift = row.root.exponent - 20;
  const std::int64_t product = std::int64_t{row.count * q - row.sum} * row.root.multiplier;
  const std::int64_t unit = (product + (INT64_C(1) << (shift - 1))) >> shift;
  const std::int64_t result = unit * factor + std::int64_t{offset} * (1 << 20);
  const std::int64_t rounded = ((result + (INT64_C(1) << 35)) >> 36) + zero_point;
  return static_cast<std::int8_t>(rounded < -128 ? -128 : rounded > 127 ? 127 : rounded);
}

}  // namespace cortado::ops::int8_norm
