// Where the elements of a resized axis come from, in f32 as PyTorch computes it. Host and target, C++17.
#pragma once

#include <cstdint>

namespace cortado::ops {

// Input positions per output position. `factor`: of the sizes, or 0 for the quotient of the sizes, which are above 0.
inline double resampling_scale(double factor, bool align_corners, std::int32_t from, std::int32_t to) {
  if (align_corners) return to > 1 ? static_cast<double>(from - 1) / (to - 1) : 0;
  return 1 / (factor != 0 ? factor : static_cast<double>(to) / from);
}

// The largest integer not above a position, which is never negative.
inline std::int32_t whole(float position, std::int32_t last) {
  return position >= static_cast<float>(last) ? last : static_cast<std::int32_t>(position);
}

inline std::int32_t nearest_position(std::int32_t o, float scale, std::int32_t input) {
  return whole(static_cast<float>(o) * scale, input - 1);
}

// A weighted sum of two neighbours.
struct Blend {
  std::int32_t low, high;  // positions, 0 … input − 1
  float low_weight, high_weight;
};

inline Blend blend_of(std::int32_t input, std::int32_t output, std::int32_t o, float scale, bool align_corners) {
  if (input == output) return {o, o, 1.0f, 0.0f};
  float position = align_corners ? scale * static_cast<float>(o) : scale * (static_cast<float>(o) + 0.5f) - 0.5f;
  if (position < 0) position = 0;
  const std::int32_t low = whole(position, input - 1);
  const std::int32_t high = low < input - 1 ? low + 1 : low;
  float weight = position - static_cast<float>(low);
  if (weight > 1) weight = 1;
  return {low, high, 1.0f - weight, weight};
}

}  // namespace cortado::ops
