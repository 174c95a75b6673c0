// Which stage of a row stream runs next: the last one whose rows are ready. So rows are used as soon as they can be,
// and rings stay short. Host and target, C++17, no heap.
//
// Row r of a buffer is there once its producer has made it (all rows of a buffer that no stage makes are there from the
// start), until row r + slots takes its place, which waits until every reader is done with row r. Stages that gain by
// it make a few rows in one step, once all that these read is there.
#pragma once

#include "stream/blob.h"

namespace cortado::stream {

// Whether a window's numbers fit the schedule (an ops::WindowShape or an ops::Window): sizes, strides and dilations of
// 1 … 2^14, paddings below.
template <class Window>
bool is_sound(const Window& window) {
  constexpr std::uint32_t limit = 1 << 14;
  const auto number = [](std::int32_t value) { return static_cast<std::uint32_t>(value); };
  return ((number(window.kernel) - 1) | (number(window.stride) - 1) | number(window.padding) |
          (number(window.dilation) - 1)) < limit;
}

// Where a stage stands. Sixteen bits hold any row.
struct ScheduledStage {
  std::uint16_t next = 0;  // row of the output that it makes next
  std::uint16_t rows = 0;  // of the output
  std::uint16_t slots = 0;
  ops::RowPace pace = {1 << ops::pace_bits, 0, 0};  // of input 0
  std::uint8_t rows_at_once : 4, first_rows : 4;    // in a step, and in the first one; fewer at the end
  std::uint8_t inputs = 0;
  std::int8_t producer[ops::max_stage_inputs] = {-1, -1};  // stage that makes an input's rows; −1: all are there
  std::uint8_t last_reader = 0;                            // the last stage that reads its rows; itself if none
  std::uint8_t kind = 0;                                   // the executor's: place in its table

  // The first and the last row of input `k` that output row `y` reads; the first may lie before the input's first, the
  // last behind its last.
  std::int32_t begin(std::uint32_t k, std::int32_t y) const {
    return k != 0 ? y : position(y, -pace.lead) >> ops::pace_bits;
  }
  std::int32_t last(std::uint32_t k, std::int32_t y) const {
    return k != 0 ? y : position(y, pace.end) >> ops::pace_bits;
  }
  std::int32_t first(std::uint32_t k, std::int32_t y) const {
    const std::int32_t row = begin(k, y);
    return row < 0 ? 0 : row;
  }

  // In parts of a row; wraps where a blob is damaged.
  std::int32_t position(std::int32_t y, std::int32_t shift) const {
    return static_cast<std::int32_t>(static_cast<std::uint32_t>(y) * pace.step + static_cast<std::uint32_t>(shift));
  }
};

struct Step {
  std::uint32_t stage;  // count of stages: none is ready
  std::int32_t rows;
};

// Whether the rows up to `row` that input `k` needs are there.
inline bool is_there(const ScheduledStage* stages, std::int8_t producer, std::int32_t row) {
  if (producer < 0) return true;
  const ScheduledStage& made_by = stages[producer];
  return made_by.next > row || made_by.next >= made_by.rows;
}

// Whether no reader of stage `i` needs row `row` any more.
inline bool is_free(const ScheduledStage* stages, std::uint32_t i, std::int32_t row) {
  if (row < 0) return true;
  const ScheduledStage* const last = stages + stages[i].last_reader;
  for (const ScheduledStage* reader = stages + i + 1; reader <= last; ++reader) {
    const bool reads_first =
        reader->producer[0] == static_cast<std::int32_t>(i) && reader->begin(0, reader->next) <= row;
    const bool reads_second =
        reader->producer[1] == static_cast<std::int32_t>(i) && reader->begin(1, reader->next) <= row;
    if ((reads_first || reads_second) && reader->next < reader->rows) return false;
  }
  return true;
}

// The step to run next: the last of the stages 0 … from that is ready. When it has run, the next one is among 0 …
// last_reader of its stage: stages behind that were not ready, and only the readers of its rows can be so now. A part
// of its callers: between two rows, a call counts.
__attribute__((always_inline)) inline Step next_step(const ScheduledStage* stages, std::uint32_t from,
                                                     std::uint32_t count) {
  for (std::uint32_t i = from + 1; i-- > 0;) {
    const ScheduledStage& stage = stages[i];
    const std::int32_t left = stage.rows - stage.next, most = stage.next == 0 ? stage.first_rows : stage.rows_at_once;
    const std::int32_t rows = left < most ? left : most;
    if (rows <= 0) continue;
    const std::int32_t row = stage.next + rows - 1;
    if (is_there(stages, stage.producer[0], stage.last(0, row)) && is_there(stages, stage.producer[1], row) &&
        is_free(stages, i, row - stage.slots))
      return {i, rows};
  }
  return {count, 0};
}

// Sets last_reader of all stages, whose inputs' producers are known; make_schedule() has done so.
inline void find_last_readers(ScheduledStage* stages, std::uint32_t count) {
  for (std::uint32_t i = 0; i < count; ++i) {
    stages[i].last_reader = static_cast<std::uint8_t>(i);
    for (std::uint32_t k = 0; k < stages[i].inputs; ++k)
      if (stages[i].producer[k] >= 0) stages[stages[i].producer[k]].last_reader = static_cast<std::uint8_t>(i);
  }
}

// The schedule of a blob's stages; `stages` has room for all. Fails when buffers are made twice, read by the stage
// that makes them, or do not exist.
ErrorCode make_schedule(const Blob& blob, ScheduledStage* stages, ErrorReport& report);

}  // namespace cortado::stream
