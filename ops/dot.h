// Sums over int8 vectors, the inner loops of linear, convolution and matrix products. They wrap, as the core's
// accumulators do. Host and target, C++17.
#pragma once

#include <cstdint>

namespace cortado::ops {

// Σ a[i] · b[i]
inline std::int32_t dot(const std::int8_t* a, const std::int8_t* b, std::int32_t count) {
  std::uint32_t sum = 0;
  for (std::int32_t i = 0; i < count; ++i) sum += static_cast<std::uint32_t>(a[i] * b[i]);
  return static_cast<std::int32_t>(sum);
}

// Σ a[i]
inline std::int32_t sum(const std::int8_t* a, std::int32_t count) {
  std::uint32_t total = 0;
  for (std::int32_t i = 0; i < count; ++i) total += static_cast<std::uint32_t>(std::int32_t{a[i]});
  return static_cast<std::int32_t>(total);
}

}  // namespace cortado::ops
