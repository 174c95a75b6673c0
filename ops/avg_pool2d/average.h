// The mean of one output pixel (contract.h). Host and target, C++17.
#pragma once

#include "ops/pool.h"
#include "simd/vec.h"

namespace cortado::ops {

// Channels are summed eight at a time: in 16 bits as long as they hold any sum, then in 32.
constexpr std::int32_t average_lanes = 8;
constexpr std::int32_t average_taps = 256;

// `count` ≤ 8 channels from `first` on.
template <class Pixel>
inline void average_channels(const Pixel& pixel, std::int32_t channels, std::int32_t first, std::int32_t count,
                             std::int8_t* out) {
  simd::I32x4 even = simd::fill(std::int32_t{0}), odd = even;
  for (std::int32_t i = 0; i < pixel.rows; ++i) {
    const std::int8_t* tap = pixel.row(i) + first;
    for (std::int32_t left = pixel.columns; left > 0; left -= average_taps) {
      simd::I16x8 sums = simd::load_eight_first(tap, count);
      tap += channels;
      for (std::int32_t j = (left < average_taps ? left : average_taps) - 1; j > 0; --j, tap += channels)
        sums = simd::add(sums, simd::load_eight_first(tap, count));
      even = simd::add(even, simd::widen_even(sums));
      odd = simd::add(odd, simd::widen_odd(sums));
    }
  }
  std::int32_t sum[2][average_lanes / 2];
  simd::store(sum[0], even);
  simd::store(sum[1], odd);
  const std::int32_t taps = pixel.rows * pixel.columns, half = taps / 2;
  for (std::int32_t c = 0; c < count; ++c) {
    const std::int32_t value = sum[c % 2][c / 2];
    out[first + c] = static_cast<std::int8_t>((value > 0 ? value + half : value - half) / taps);
  }
}

template <class Pixel>
inline void average(Pixel pixel, std::int32_t channels, std::int8_t* out) {
  // Rows of taps that follow each other in memory are as good as one.
  const std::int32_t last = pixel.rows - 1, row = pixel.columns * channels;
  if (pixel.row(last) == pixel.row(0) + last * row) pixel.columns *= pixel.rows, pixel.rows = 1;
  for (std::int32_t c = 0; c < channels; c += average_lanes)
    average_channels(pixel, channels, c, channels - c < average_lanes ? channels - c : average_lanes, out);
}

}  // namespace cortado::ops
