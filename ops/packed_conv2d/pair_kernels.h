// Four outputs of two pixels at a time in Helium assembly, written by scripts/helium/pairs.py. Host and target, C++17.
//
// For every group of four outputs and every pair of patches: sums as sums.h makes them, results in the fast forms of
// ops/packed_output.h. Rows: pairs of neighbours, written by the form `rounded`, which gives what at_limit does, or by
// at_limit. Planes: one column of two rows in neighbouring slots, written by at_limit.
#pragma once

#include <cstdint>

#include "ops/loops.h"
#include "ops/packed_conv2d/patches.h"
#include "ops/packed_output.h"

namespace cortado::ops {

struct PairArguments {
  const std::int8_t *x,
      *second;       // the first pair's patches; their rows go on behind them, `step` bytes from patch to patch
  std::int8_t* out;  // of the first pixel and the first group
  const std::int8_t* weights;  // of the first group, 16-aligned; its factors lie in front
  std::int32_t step;           // a multiple of 16, ≤ max_pair_step
  std::int32_t pairs;          // 1 … 2^16
  std::int32_t groups;         // ≥ 1
  std::int32_t out_step;       // bytes from pixel to pixel, from column to column
  std::int32_t group_step;     // bytes from group to group
  const std::int32_t* planes;  // of planes: bytes to each output of a group; 16-aligned
};

constexpr std::int32_t max_pair_step = 1 << 20;
constexpr bool is_pair_step(std::int32_t step) { return step % packed_vector == 0 && step <= max_pair_step; }

// The loop for patches of `step` bytes, of those from `first` on, which is for `least` vectors of a patch: then there
// are those for up to 4, for 5, 9, 13 …; 6, 10 …; 7, 11 …; 8, 12 …. LoopId::count: there is none.
constexpr LoopId pair_loop(LoopId first, std::int32_t least, std::int32_t step) {
  const std::int32_t before_last = step / packed_vector - 1;
  if (!is_pair_step(step)) return LoopId::count;
  return first + (before_last < 4 ? before_last + 1 - least : 5 - least + before_last % 4);
}
// Of few vectors, where results are more of the work, the form at_limit has loops of its own.
constexpr LoopId pair_rows_loop(PackedForm form, std::int32_t step) {
  if (form == PackedForm::general) return LoopId::count;
  const bool has_own = step == 3 * packed_vector || step == 4 * packed_vector;
  return form == PackedForm::at_limit && has_own ? pair_loop(LoopId::pairs_rows_at_limit_3, 3, step)
                                                 : pair_loop(LoopId::pairs_rows_1, 1, step);
}
// Of steps from 48 on.
constexpr LoopId pair_planes_loop(std::int32_t step) { return pair_loop(LoopId::pairs_planes_3, 3, step); }

inline void run_pair_loop(Loop loop, PairArguments arguments) {
  const std::int32_t before_last = arguments.step / packed_vector - 1;
  const std::int32_t blocks = before_last / 4 - 1;  // of four vectors after the first 5 … 8
  if (before_last >= 4)
    arguments.pairs = static_cast<std::int32_t>(static_cast<std::uint32_t>(arguments.pairs - 1) << 16 |
                                                static_cast<std::uint32_t>(blocks));
  loop(&arguments);
}

}  // namespace cortado::ops
