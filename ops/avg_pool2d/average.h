// The mean of one output pixel (contract.h). Host and target, C++17.
#pragma once

#include "ops/pool.h"

namespace cortado::ops {

constexpr std::int32_t average_block = 16;  // channels summed at a time

// `count` ≤ average_block channels from `first` on.
template <class Pixel>
inline void average_channels(const Pixel& pixel, std::int32_t channels, std::int32_t first, std::int32_t count,
                             std::int8_t* out) {
  std::int32_t sum[average_block] = {};
  for (std::int32_t i = 0; i < pixel.rows; ++i) {
    const std::int8_t* tap = pixel.row(i) + first;
    for (std::int32_t j = 0; j < pixel.columns; ++j, tap += channels)
      for (std::int32_t c = 0; c < count; ++c) sum[c] += tap[c];
  }
  const std::int32_t taps = pixel.rows * pixel.columns;
  const std::int32_t half = taps / 2;
  for (std::int32_t c = 0; c < count; ++c)
    out[first + c] = static_cast<std::int8_t>((sum[c] > 0 ? sum[c] + half : sum[c] - half) / taps);
}

template <class Pixel>
inline void average(const Pixel& pixel, std::int32_t channels, std::int8_t* out) {
  std::int32_t c = 0;
  for (; c + average_block <= channels; c += average_block) average_channels(pixel, channels, c, average_block, out);
  if (c < channels) average_channels(pixel, channels, c, channels - c, out);
}

}  // namespace cortado::ops
