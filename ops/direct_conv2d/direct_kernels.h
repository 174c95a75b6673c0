// Two outputs of four pixels of a 3 × 3 convolution at a time in Helium assembly, written by scripts/helium/direct.py.
// Host and target, C++17.
#pragma once

#include <cstdint>

#include "ops/loops.h"
#include "ops/packed_output.h"

namespace cortado::ops {

struct DirectArguments {
  const std::int8_t* x;        // planes [rows of taps][channels / 16][columns][16], 16-aligned
  std::int8_t* out;            // of the first pixel and output, 2-aligned
  std::int32_t next_pair;      // bytes from weights to the next two outputs'
  std::int32_t quads;          // direct_quads()
  std::int32_t plane;          // bytes from plane to plane
  std::int32_t next_quad;      // bytes from the end of the last plane to the next four pixels
  std::int32_t out_step;       // bytes from four pixels to the next
  const std::int8_t* weights;  // 16-aligned; of the first row of taps in x
  std::int32_t bytes;          // of weights of the rows in x
  std::int32_t
      left_out;  // bytes from weights to those of the one row that is not in x, but reads the zero point; 0: none
  std::int32_t blocks;  // channels / 16
  std::int32_t zero_point;
  const std::int8_t* end;      // of the first pixel's outputs
  const std::int32_t* places;  // bytes from out of four pixels, multiples of 2
};

constexpr std::int32_t max_direct_quads = 30;

// How the kernels count `quads`, 1 … max_direct_quads, fours of pixels of `planes` planes: the ones that are left when
// shifted right, the carry of each shift saying whether planes are even.
constexpr std::int32_t direct_quads(std::int32_t quads, std::int32_t planes) {
  return static_cast<std::int32_t>(planes % 2 != 0 ? 1u << quads : (2u << quads) - 1);
}

struct ColumnArguments {
  std::int8_t* to;                    // planes [rows][channels / 16][columns][16], 16-aligned
  const std::int8_t* const* from;     // the rows
  std::int32_t rows;                  // ≥ 1
  std::int32_t skipped;               // bytes of a row before the first column that is copied
  std::int32_t channels, blocks;      // blocks: channels / 16
  std::int32_t before, count, after;  // columns that hold the zero point, that are copied, that hold it again
  std::int32_t zero_point;
};

constexpr LoopId direct_loop(PackedForm form, std::int32_t stride) {
  return (form == PackedForm::at_limit ? LoopId::direct_stride_1 : LoopId::direct_stride_1_rounded) + (stride - 1);
}

#if defined(__ARM_FEATURE_MVE)
extern "C" void cortado_copy_columns(const ColumnArguments* arguments);
inline void run_copy_columns(const ColumnArguments& arguments) { cortado_copy_columns(&arguments); }
#else
inline void run_copy_columns(const ColumnArguments&) {}
#endif

}  // namespace cortado::ops
