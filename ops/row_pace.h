// The paces of stages (ops/stage.h), as the compiler finds and proves them. Host.
#pragma once

#include <functional>
#include <optional>

#include "ops/stage.h"

namespace cortado::ops {

// Rows first … last of an image; some may be none of it.
struct RowRange {
  std::int32_t first, last;
};

// Of a window; nullopt: its numbers are too large.
std::optional<RowPace> pace_of(const Window& y);

// A pace by which the rows that `read` says of each of `rows` output rows are there, with as few others as a pace can.
// nullopt: none holds.
std::optional<RowPace> covering_pace(std::int32_t rows, const std::function<RowRange(std::int32_t)>& read);

// What a transposed convolution whose window is `y` reads for output row `row`.
RowRange transposed_rows(const Window& y, std::int32_t row);

// What a stage of a blob reads of input[0] for output row `y`, whatever its pace says.
RowRange rows_read(std::uint32_t stage, const StageArguments& args, std::int32_t y);

}  // namespace cortado::ops
