// Two rows of a depthwise convolution of planes in Helium assembly, written by scripts/helium/depthwise.py. Host and
// target, C++17. For the form at_limit.
//
// A is the first row, whose taps begin in slot 0 or 2 of the ring; B the next one.
#pragma once

#include <cstdint>

#include "ops/loops.h"
#include "ops/stage.h"

namespace cortado::ops {

struct TwoRowArguments {
  const std::int8_t* in;         // of the first channel: the column that the first window begins in
  std::int8_t* out;              // of the first channel, column 0
  const std::int8_t* weights;    // 16-aligned; PlanarDepthwiseStage's constant, whose fourth column of taps is 0
  std::int32_t channels, pairs;  // ≥ 1; pairs of columns
  std::int32_t out_step;         // bytes from pair to pair
  std::int32_t next_plane;       // bytes from the end of a channel's pairs to the next channel
  std::int32_t ragged;           // bytes from column to column where the last column is none of a pair; else 0
  std::int32_t turn;             // 0: slot 0; else slot 2
  const std::int32_t* places;    // bytes from out: A, A's next column, B, B's next column; 16-aligned
};

// Whether a stage makes two rows at once.
inline bool makes_two_rows(const StageArguments& args) {
  return args.parts->x.stride == 1 && args.parts->y.stride == 1;
}

// Whether all columns of two rows are computed at once: up to 5, where 16 bits tell how far apart any outputs lie.
inline bool are_narrow(const Rows& out) {
  return out.width() < 6 && std::int64_t{out.slots()} * out.stride() <= 1 << 16;
}

inline LoopId two_row_loop(const Rows& out) {
  return are_narrow(out) ? LoopId::depthwise_two_narrow_rows : LoopId::depthwise_two_inner_rows;
}

}  // namespace cortado::ops
