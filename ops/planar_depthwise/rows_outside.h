// Rows of a window that are none of the image. Host and target, C++17.
#pragma once

#include "ops/planar_depthwise/plan.h"
#include "simd/vec.h"

namespace cortado::ops {

// Fills a slot of all planes.
inline void fill_slot(const PlanarDepthwise& plan, std::int32_t slot, std::int32_t slots) {
  constexpr std::int32_t lanes = 16;
  alignas(16) std::int8_t steps[lanes];
  for (std::int32_t i = 0; i < lanes; ++i) steps[i] = static_cast<std::int8_t>(i * slots);
  const simd::I8x16 columns = simd::load(steps), value = simd::fill(plan.zero_point());
  std::int8_t* to = reinterpret_cast<std::int8_t*>(plan.in.base) + slot;
  for (std::int32_t left = plan.channels * (plan.plane / slots); left > 0; left -= lanes, to += lanes * slots)
    simd::store_first_apart(to, columns, value, left);
}

// What `count` rows from `y` on read above and below the image becomes rows of the zero point: none of theirs lies
// there any more, or yet, as all rows that they read have room in the ring, and no one else reads it.
inline void fill_rows_outside(const PlanarDepthwise& plan, std::int32_t y, std::int32_t count, std::int32_t slots) {
  const Window window = plan.y();
  const std::int32_t end = window.start(y + count - 1) + window.kernel;
  for (std::int32_t row = window.start(y); row < end; ++row)
    if (row < 0 || row >= window.input) fill_slot(plan, row & (slots - 1), slots);
}

}  // namespace cortado::ops
