// The copy of the input that a row of a 3 × 3 convolution is computed from. Host and target, C++17.
#pragma once

#include <type_traits>

#include "ops/lines.h"
#include "ops/packed_conv2d/patches.h"

namespace cortado::ops {

// `count` vectors from `from`, `step` bytes apart.
template <class Step>
inline std::int8_t* copy_vectors(std::int8_t* to, const std::int8_t* from, Step step, std::int32_t count) {
  for (std::int32_t i = count / 2; i > 0; --i, from += 2 * step, to += 2 * packed_vector) {
    simd::store(to, simd::load(from));
    simd::store(to + packed_vector, simd::load(from + step));
  }
  if (count % 2 == 0) return to;
  simd::store(to, simd::load(from));
  return to + packed_vector;
}

// Columns first … first + columns − 1 of the rows of taps, as planes [channels / 16][3][columns][16]; the
// zero point where there is no input. `kernel_rows` is 3, and nothing to unroll a loop by.
inline void copy_columns(const Rows& in, const RingLines& lines, Taps rows, std::int32_t kernel_rows, std::int8_t zero_point,
                         std::int32_t first, std::int32_t columns, std::int8_t* planes) {
  const std::int32_t begin = first < 0 ? -first : 0, left = in.width() - first, end = left < columns ? left : columns;
  const std::int32_t channels = in.channels(), bytes = columns * packed_vector;
  for (std::int32_t c = 0; c < channels; c += packed_vector)
    for (std::int32_t i = 0; i < kernel_rows; ++i, planes += bytes) {
      if (i < rows.first || i >= rows.last || begin >= end) {
        fill_bytes(planes, zero_point, bytes);
        continue;
      }
      fill_bytes(planes, zero_point, begin * packed_vector);
      std::int8_t* const to = planes + begin * packed_vector;
      const std::int8_t* const from = lines[i] + (first + begin) * channels + c;
      std::int8_t* const rest = channels == packed_vector
                                    ? copy_vectors(to, from, std::integral_constant<std::int32_t, packed_vector>(), end - begin)
                                    : copy_vectors(to, from, channels, end - begin);
      fill_bytes(rest, zero_point, (columns - end) * packed_vector);
    }
}

}  // namespace cortado::ops
