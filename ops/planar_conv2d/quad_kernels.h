// One output of four columns of two rows at a time in Helium assembly, written by scripts/helium/quads.py. Host and
// target, C++17. For rows in neighbouring slots, and the form at_limit.
#pragma once

#include <cstdint>

#include "ops/loops.h"

namespace cortado::ops {

struct QuadArguments {
  const std::int8_t *x, *second;  // patches of 16, 24 or 32 bytes, side by side, of each row
  std::int32_t quads;             // ≥ 1
  std::int32_t plane;             // bytes from output to output
  std::int8_t* out;               // of the first column of the first row and the first output
  const std::int8_t* weights;     // 16-aligned; PlanarConv2dStage's constant
  std::int32_t channels;          // ≥ 1
};

// The loop for patches of `step` bytes and planes of `slots`; LoopId::count: there is none.
constexpr LoopId quads_loop(std::int32_t step, std::int32_t slots) {
  if (step != 16 && step != 24 && step != 32) return LoopId::count;
  return (slots == 4 ? LoopId::quads_16 : LoopId::quads_16_8) + (step / 8 - 2);
}

}  // namespace cortado::ops
