// Copies of a few bytes: a pixel's channels. Host and target, C++17.
#pragma once

#include <string.h>

#include "simd/vec.h"

namespace cortado::ops {

inline void copy_piece(const std::int8_t* from, std::int32_t bytes, std::int8_t* to) {
  if constexpr (simd::pays)
    for (std::int32_t i = 0; i < bytes; i += 16)
      simd::store_first(to + i, simd::load_first(from + i, bytes - i), bytes - i);
  else
    memcpy(to, from, static_cast<std::size_t>(bytes));
}

}  // namespace cortado::ops
