#include "ops/row_pace.h"

#include <algorithm>
#include <limits>

#include "ops/conv_transpose2d/stage.h"
#include "ops/resampling/stage.h"

namespace cortado::ops {
namespace {

constexpr std::int64_t whole_row = 1 << pace_bits;

std::optional<RowPace> narrowed(std::int64_t step, std::int64_t lead, std::int64_t end) {
  if (step < 0 || step > UINT16_MAX || lead < 0 || lead > UINT16_MAX || end < INT16_MIN || end > INT16_MAX) return {};
  return RowPace{static_cast<std::uint16_t>(step), static_cast<std::uint16_t>(lead), static_cast<std::int16_t>(end)};
}

}  // namespace

std::optional<RowPace> pace_of(const Window& y) {
  const std::int64_t reach = (std::int64_t{y.kernel} - 1) * y.dilation;
  return narrowed(y.stride * whole_row, y.padding * whole_row, (reach - y.padding) * whole_row);
}

std::optional<RowPace> covering_pace(std::int32_t rows, const std::function<RowRange(std::int32_t)>& read) {
  const std::int64_t sixteenths = (read(rows - 1).first - read(0).first) * whole_row;
  const std::int64_t least_step = sixteenths / std::max(rows - 1, 1);
  std::optional<RowPace> best;
  std::int64_t best_excess = std::numeric_limits<std::int64_t>::max();
  for (std::int64_t step = least_step; step <= least_step + 1; ++step) {
    std::int64_t lead = 0, end = std::numeric_limits<std::int32_t>::min();
    for (std::int32_t y = 0; y < rows; ++y) {
      const RowRange range = read(y);
      lead = std::max(lead, y * step - range.first * whole_row - (whole_row - 1));  // rounded down, it is the first
      end = std::max(end, range.last * whole_row - y * step);
    }
    const auto pace = narrowed(step, lead, end);
    if (!pace || lead + end >= best_excess) continue;
    best = pace;
    best_excess = lead + end;
  }
  return best;
}

RowRange transposed_rows(const Window& y, std::int32_t row) {
  const TransposedTaps taps = transposed_taps(transposed_axis(y), row);
  const std::int32_t others = taps.last > taps.first ? (taps.last - 1 - taps.first) / y.stride : 0;
  return {taps.from - others, taps.from};
}

RowRange rows_read(std::uint32_t stage, const StageArguments& args, std::int32_t y) {
  const std::int32_t rows = args.input[0].rows();
  switch (stage) {
    case Nearest2dStage::id: {
      const std::int32_t row = nearest_position(y, resampling_number(args, Nearest2dStage::y_scale), rows);
      return {row, row};
    }
    case Bilinear2dStage::id: {
      const Blend blend = blend_of(rows, args.output.rows(), y, resampling_number(args, Bilinear2dStage::y_scale),
                                   args.numbers()[Bilinear2dStage::align_corners] != 0);
      return {blend.low, blend.high};
    }
    case ConvTranspose2dStage::id: return transposed_rows(args.y(), y);
    default: {
      const Window window = args.y();
      return {window.start(y), window.start(y) + (window.kernel - 1) * window.dilation};
    }
  }
}

}  // namespace cortado::ops
