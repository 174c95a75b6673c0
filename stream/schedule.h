// Which stage of a row stream runs next: the last one whose rows are ready. So rows are used as soon as they can be, and
// rings stay short. Host and target, C++17, no heap.
//
// Row r of a buffer is there once its producer has made it (all rows of a buffer that no stage makes are there from the
// start), until row r + slots takes its place, which waits until every reader is done with row r. Stages that gain by it
// make a few rows in one step, once all that these read is there.
#pragma once

#include "stream/blob.h"

namespace cortado::stream {

// Whether a window's numbers fit the schedule: a WindowRecord or an ops::Window.
template <class Window>
bool is_sound(const Window& window) {
  constexpr std::int32_t limit = 1 << 14;
  const auto in = [](std::int32_t value, std::int32_t least) { return value >= least && value < limit; };
  return in(window.kernel, 1) && in(window.stride, 1) && in(window.padding, 0) && in(window.dilation, 1) &&
         (window.kernel - 1) * window.dilation < max_rows;
}

// One input of a stage.
struct ScheduledInput {
  std::uint16_t last_row = 0;                           // of its buffer
  std::uint16_t stride = 1, padding = 0, reach = 0;     // output row y reads y · stride − padding … + reach
  std::int8_t producer = -1;                            // stage that makes its rows; −1: all are there

  std::int32_t first(std::int32_t y) const {
    const std::int32_t row = y * stride - padding;
    return row < 0 ? 0 : row;
  }
  std::int32_t last(std::int32_t y) const {
    const std::int32_t row = y * stride - padding + reach;
    return row < last_row ? row : last_row;
  }
};

struct ScheduledStage {
  std::int32_t next = 0;   // row of the output that it makes next
  std::int32_t rows = 0;   // of the output
  std::int32_t slots = 0;
  std::int32_t rows_at_once = 1;  // in a step; fewer at the end
  ScheduledInput input[ops::max_stage_inputs];
  std::uint8_t inputs = 0;
  std::uint8_t last_reader = 0;  // the last stage that reads its rows; itself if none
};

struct Step {
  std::uint32_t stage;  // count of stages: none is ready
  std::int32_t rows;
};

// Whether stage `i` can make its next `rows` rows.
inline bool is_ready(const ScheduledStage* stages, std::uint32_t i, std::int32_t rows) {
  const ScheduledStage& stage = stages[i];
  const std::int32_t row = stage.next + rows - 1;
  for (std::uint32_t k = 0; k < stage.inputs; ++k) {
    const ScheduledInput& input = stage.input[k];
    if (input.producer >= 0 && stages[input.producer].next <= input.last(row)) return false;
  }
  if (row < stage.slots) return true;
  for (std::uint32_t r = i + 1; r <= stage.last_reader; ++r)
    for (std::uint32_t k = 0; k < stages[r].inputs; ++k) {
      const ScheduledInput& input = stages[r].input[k];
      if (input.producer == static_cast<std::int8_t>(i) && stages[r].next < stages[r].rows &&
          input.first(stages[r].next) <= row - stage.slots)
        return false;
    }
  return true;
}

// The step to run next: the last of the stages 0 … from that is ready. When it has run, the next one is among 0 …
// last_reader of its stage: stages behind that were not ready, and only the readers of its rows can be so now.
inline Step next_step(const ScheduledStage* stages, std::uint32_t from, std::uint32_t count) {
  for (std::uint32_t i = from + 1; i-- > 0;) {
    const std::int32_t left = stages[i].rows - stages[i].next;
    const std::int32_t rows = left < stages[i].rows_at_once ? left : stages[i].rows_at_once;
    if (rows > 0 && is_ready(stages, i, rows)) return {i, rows};
  }
  return {count, 0};
}

// Sets last_reader of all stages, whose inputs' producers are known.
inline void find_last_readers(ScheduledStage* stages, std::uint32_t count) {
  for (std::uint32_t i = 0; i < count; ++i) {
    stages[i].last_reader = static_cast<std::uint8_t>(i);
    for (std::uint32_t k = 0; k < stages[i].inputs; ++k)
      if (stages[i].input[k].producer >= 0) stages[stages[i].input[k].producer].last_reader = static_cast<std::uint8_t>(i);
  }
}

// The schedule of a blob's stages; `stages` has room for all. Fails when buffers are made twice, read by the stage
// that makes them, or do not exist.
ErrorCode make_schedule(const Blob& blob, ScheduledStage* stages, ErrorReport& report);

}  // namespace cortado::stream
