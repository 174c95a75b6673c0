// Two outputs of four pixels of a 3 × 3 convolution at a time in Helium assembly, written by scripts/helium/direct.py. Host
// and target, C++17.
#pragma once

#include <cstdint>

#include "ops/loops.h"
#include "ops/packed_output.h"

namespace cortado::ops {

struct DirectArguments {
  const std::int8_t* x;        // planes [channels / 16][3 rows][columns][16], 16-aligned
  std::int8_t* out;            // of the first pixel and output, 2-aligned
  const std::int8_t* weights;  // 16-aligned; DirectConv2dStage's constant
  std::int32_t pairs, quads;   // ≥ 1; twos of outputs, fours of pixels
  std::int32_t weight_bytes;   // of two outputs, without their factors
  std::int32_t next_quad;      // bytes from the end of the last plane to the next four pixels
  std::int32_t out_step;       // bytes from four pixels to the next
  std::int32_t plane;          // bytes from plane to plane
  const std::int32_t* places;  // bytes from out of four pixels, multiples of 2
};

constexpr LoopId direct_loop(PackedForm form, std::int32_t stride) {
  return (form == PackedForm::at_limit ? LoopId::direct_stride_1 : LoopId::direct_stride_1_rounded) + (stride - 1);
}

}  // namespace cortado::ops
