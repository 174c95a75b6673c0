// Where a window's rows of taps lie: in a whole image, or in a ring of rows. Host and target, C++17.
#pragma once

#include "ops/stage.h"

namespace cortado::ops {

// Rows of a whole image, `step` elements apart; tap row i of the output row that begins at input row `start`.
struct ImageLines {
  const std::int8_t* image;
  std::int32_t start, dilation, step;

  const std::int8_t* operator[](std::int32_t i) const { return image + (start + i * dilation) * step; }
};

constexpr std::int32_t max_stage_kernel_rows = 32;

// Rows that lie anywhere, found once for an output row.
class RingLines {
 public:
  RingLines(const Rows& rows, const Window& y, std::int32_t row, Taps taps) {
    for (std::int32_t i = taps.first; i < taps.last; ++i) line_[i] = rows.row(y.start(row) + i * y.dilation);
  }
  const std::int8_t* operator[](std::int32_t i) const { return line_[i]; }

 private:
  const std::int8_t* line_[max_stage_kernel_rows];
};

}  // namespace cortado::ops
