// A row of a depthwise convolution of planes in Helium assembly, written by scripts/helium/depthwise_row.py. Host and
// target, C++17. For the form at_limit.
#pragma once

#include <cstdint>

#include "ops/loops.h"

namespace cortado::ops {

struct OneRowArguments {
  const std::int8_t* in;               // of the first channel: the column that the first window begins in
  std::int8_t* out;                    // of the first channel, column 0
  const std::int8_t* weights;          // 16-aligned; the stage's constant; of 4 slots the fourth column of taps is 0
  std::int32_t channels, quads;        // ≥ 1; fours of columns
  std::int32_t out_step;               // bytes from four outputs to the next
  std::int32_t ragged_in, ragged_out;  // bytes back to the last four columns where they are not a quad; else 0
  std::int32_t next_plane;             // bytes from the end of a channel's columns to the next channel
  std::int32_t rotation;               // of 4 slots, bits: 8 times the slot of the first tap
  const std::int32_t* places;          // bytes from out of four outputs; 16-aligned
  const std::int8_t* order;            // of 8 slots: offsets of their taps in a vector of two columns; 16-aligned
};

template <std::int32_t slots>
constexpr LoopId one_row_loop(std::int32_t stride) {
  return (slots == 8 ? LoopId::depthwise_row_8_stride_1 : LoopId::depthwise_row_stride_1) + (stride - 1);
}

}  // namespace cortado::ops
