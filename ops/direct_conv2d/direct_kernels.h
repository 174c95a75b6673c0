// Two outputs of four pixels of a 3 × 3 convolution at a time in Helium assembly, written by scripts/helium/direct.py. Host
// and target, C++17.
#pragma once

#include <cstdint>

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

#if defined(__ARM_FEATURE_MVE)
constexpr bool has_direct_kernels = true;
extern "C" {
void cortado_direct_stride_1(const DirectArguments*);
void cortado_direct_stride_2(const DirectArguments*);
void cortado_direct_stride_1_rounded(const DirectArguments*);
void cortado_direct_stride_2_rounded(const DirectArguments*);
}
inline void run_direct_kernel(PackedForm form, std::int32_t stride, const DirectArguments& arguments) {
  const auto run = form == PackedForm::at_limit ? (stride == 1 ? cortado_direct_stride_1 : cortado_direct_stride_2)
                                                : (stride == 1 ? cortado_direct_stride_1_rounded : cortado_direct_stride_2_rounded);
  run(&arguments);
}
#else
constexpr bool has_direct_kernels = false;
inline void run_direct_kernel(PackedForm, std::int32_t, const DirectArguments&) {}
#endif

}  // namespace cortado::ops
