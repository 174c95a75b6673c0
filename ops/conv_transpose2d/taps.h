// Which taps and inputs a transposed convolution's output reads, along one dimension. Host and target, C++17.
#pragma once

#include <cstdint>

namespace cortado::ops {

// One dimension, seen from the output: position y takes the taps k ≡ y + padding (mod stride) whose input position
// (y + padding − k) / stride lies inside.
struct TransposedAxis {
  std::int32_t input, kernel, stride, padding;
};

// The taps of one output position: first, first + stride, … below last, the first of them on input `from`, each
// next one on the input before.
struct TransposedTaps {
  std::int32_t first, last, from;
};

inline TransposedTaps transposed_taps(const TransposedAxis& axis, std::int32_t position) {
  const std::int32_t at = position + axis.padding;
  TransposedTaps taps;
  taps.first = at % axis.stride;
  taps.from = at / axis.stride;
  if (taps.from >= axis.input) {
    taps.first += (taps.from - (axis.input - 1)) * axis.stride;
    taps.from = axis.input - 1;
  }
  taps.last = at + 1 < axis.kernel ? at + 1 : axis.kernel;
  return taps;
}

}  // namespace cortado::ops
