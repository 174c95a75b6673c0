// The copy of the input that a row of a 3 × 3 convolution is computed from. Host and target, C++17.
#pragma once

#include "ops/direct_conv2d/direct_kernels.h"
#include "ops/packed_conv2d/patches.h"

namespace cortado::ops {

// As the kernel does it, without assembly.
inline void copy_columns(ColumnArguments a) {
  const auto fill = [&](std::int32_t count) {
    for (; count > 0; --count, a.to += packed_vector)
      simd::store(a.to, simd::fill(static_cast<std::int8_t>(a.zero_point)));
  };
  for (; a.rows > 0; --a.rows, ++a.from)
    for (std::int32_t block = 0; block < a.blocks; ++block) {
      const std::int8_t* from = *a.from + a.skipped + block * packed_vector;
      fill(a.before);
      for (std::int32_t i = 0; i < a.count; ++i, from += a.channels, a.to += packed_vector)
        simd::store(a.to, simd::load(from));
      fill(a.after);
    }
}

// Where the rows of taps lie that are `inside`, of the output's row `y`: as RingLines, without divisions.
inline void find_rows(const Rows& in, const Window& window, std::int32_t y, Taps inside, const std::int8_t** rows) {
  const std::int32_t slots = in.slots();
  std::int32_t slot = (window.start(y) + inside.first * window.dilation) % slots;
#pragma GCC unroll 1
  for (std::int32_t i = inside.first; i < inside.last; ++i) {
    rows[i] = reinterpret_cast<const std::int8_t*>(in.base) +
              static_cast<std::size_t>(slot) * static_cast<std::size_t>(in.stride());
    for (slot += window.dilation; slot >= slots;) slot -= slots;
  }
}

// Columns first … first + columns − 1 of `rows` of taps, as planes [rows][channels / 16][columns][16]; the zero point
// where there is no input, which is what lies not `inside`.
__attribute__((noinline)) inline void copy_columns(const Rows& in, const std::int8_t* const* lines, Taps inside,
                                                   Taps rows, std::int8_t zero_point, std::int32_t first,
                                                   std::int32_t columns, std::int8_t* planes) {
  const std::int32_t channels = in.channels(), blocks = channels / packed_vector, row_bytes = channels * columns;
  const std::int32_t begin = first < 0 ? -first : 0, left = in.width() - first, end = left < columns ? left : columns;
  const Taps there = {rows.first > inside.first ? rows.first : inside.first,
                      rows.last < inside.last ? rows.last : inside.last};
  const std::int32_t count = begin < end ? there.last - there.first : 0, all = rows.last - rows.first;
  if (count < all) fill_bytes(planes, zero_point, all * row_bytes);
  if (count <= 0) return;
  const ColumnArguments arguments = {planes + (there.first - rows.first) * row_bytes,
                                     lines + there.first,
                                     count,
                                     (first + begin) * channels,
                                     channels,
                                     blocks,
                                     begin,
                                     end - begin,
                                     columns - end,
                                     zero_point};
  has_helium ? run_copy_columns(arguments) : copy_columns(arguments);
}

}  // namespace cortado::ops
