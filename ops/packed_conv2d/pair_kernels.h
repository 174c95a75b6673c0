// Four outputs of two pixels at a time in Helium assembly, written by scripts/helium/pairs.py. Host and target, C++17.
//
// For every group of four outputs and every pair of patches: sums as sums.h makes them, results in the fast forms of
// ops/packed_output.h. Rows are written by the form `rounded`, which gives what at_limit does; planes by at_limit.
#pragma once

#include <cstdint>

#include "ops/packed_conv2d/patches.h"

namespace cortado::ops {

struct PairArguments {
  const std::int8_t* x;         // patches, `step` bytes apart
  std::int8_t* out;             // of the first pixel and the first group
  const std::int8_t* weights;   // of the first group, 16-aligned; its factors lie in front
  std::int32_t step;            // a multiple of 16
  std::int32_t pairs, groups;   // ≥ 1
  std::int32_t out_step;        // bytes from pixel to pixel
  std::int32_t group_step;      // bytes from group to group
  std::int32_t blocks;          // of four vectors after the first 5 … 8: run_pair_…() says
  const std::int32_t* planes;   // of planes: bytes to each output of a group; 16-aligned
};

using PairKernel = void (*)(const PairArguments*);

// By vectors of a patch: 1 … 4, then 5, 9, 13 …; 6, 10 …; 7, 11 …; 8, 12 ….
extern const PairKernel pair_kernels_rows[8], pair_kernels_planes[8];

inline void run_pair_kernel(const PairKernel* kernels, PairArguments arguments) {
  const std::int32_t before_last = arguments.step / packed_vector - 1;
  arguments.blocks = before_last / 4 - 1;
  kernels[before_last < 4 ? before_last : 4 + before_last % 4](&arguments);
}

#if defined(__ARM_FEATURE_MVE)
constexpr bool has_pair_kernels = true;
inline void run_pair_rows(const PairArguments& arguments) { run_pair_kernel(pair_kernels_rows, arguments); }
inline void run_pair_planes(const PairArguments& arguments) { run_pair_kernel(pair_kernels_planes, arguments); }
#else
constexpr bool has_pair_kernels = false;
inline void run_pair_rows(const PairArguments&) {}
inline void run_pair_planes(const PairArguments&) {}
#endif

}  // namespace cortado::ops
