// Two outputs of four pixels at a time in Helium assembly, written by scripts/helium/row_quads.py. Host and target,
// C++17. For patches of one or two vectors, whose weights stay in registers, and for fast forms of ops/packed_output.h.
#pragma once

#include <cstdint>

#include "ops/loops.h"
#include "ops/packed_conv2d/patches.h"
#include "ops/packed_output.h"

namespace cortado::ops {

struct RowQuadArguments {
  const std::int8_t* x;        // patches of 16 or 32 bytes, side by side
  std::int8_t* out;            // of the first pixel and output, 2-aligned
  std::int32_t quads;          // ≥ 1
  std::int32_t pairs;          // of outputs: ≥ 1, of whole groups
  const std::int8_t* weights;  // PackedConv2dStage's constant from a group of four outputs on, 16-aligned
  std::int32_t quad_step;      // bytes from out of four pixels to the next
  const std::int32_t* places;  // bytes from out of four pixels, multiples of 2; 16-aligned
};

constexpr std::int32_t row_quad = 4;  // pixels

// The loop that is faster than pairs of pixels for an output of such rows; LoopId::count: there is none. Of whole
// groups of outputs in rows of so many pixels that those which are computed twice, being no four, do not matter.
inline LoopId row_quads_loop(PackedForm form, std::int32_t step, const Rows& out) {
  const bool are_quads = out.width() % row_quad == 0 || out.width() >= 4 * row_quad;
  if (form == PackedForm::general || out.channels() % packed_group != 0 || out.stride() % 2 != 0 || !are_quads)
    return LoopId::count;
  if (step != packed_vector && step != 2 * packed_vector) return LoopId::count;
  return LoopId::quads_rows_16 + (step / packed_vector * 2 - 2 + (form == PackedForm::rounded ? 1 : 0));
}

}  // namespace cortado::ops
