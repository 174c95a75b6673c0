// The maximum of one output pixel (contract.h). Host and target, C++17.
#pragma once

#include "ops/pool.h"

namespace cortado::ops {

template <class Pixel>
inline void maximum(const Pixel& pixel, std::int32_t channels, std::int8_t low, std::int8_t high,
                    std::int8_t* __restrict out) {
  // Starting at the lower limit clamps from below.
  for (std::int32_t c = 0; c < channels; ++c) out[c] = low;
  for (std::int32_t i = 0; i < pixel.rows; ++i) {
    const std::int8_t* tap = pixel.row(i);
    for (std::int32_t j = 0; j < pixel.columns; ++j, tap += channels)
      for (std::int32_t c = 0; c < channels; ++c) out[c] = tap[c] > out[c] ? tap[c] : out[c];
  }
  for (std::int32_t c = 0; c < channels; ++c) out[c] = out[c] < high ? out[c] : high;
}

}  // namespace cortado::ops
