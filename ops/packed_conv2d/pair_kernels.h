// Four outputs of two pixels at a time in Helium assembly, written by scripts/helium/pairs.py. Host and target, C++17.
//
// For every group of four outputs and every pair of patches: sums as sums.h makes them, results in the fast forms of
// ops/packed_output.h. Rows: pairs of neighbours, written by the form `rounded`, which gives what at_limit does. Planes: one
// column of two rows in neighbouring slots, written by at_limit.
#pragma once

#include <cstdint>

#include "ops/packed_conv2d/patches.h"

namespace cortado::ops {

struct PairArguments {
  const std::int8_t *x, *second;  // the first pair's patches; their rows go on behind them, `step` bytes from patch to patch
  std::int8_t* out;               // of the first pixel and the first group
  const std::int8_t* weights;     // of the first group, 16-aligned; its factors lie in front
  std::int32_t step;              // a multiple of 16, ≤ max_pair_step
  std::int32_t pairs;             // 1 … 2^16
  std::int32_t groups;            // ≥ 1
  std::int32_t out_step;          // bytes from pixel to pixel, from column to column
  std::int32_t group_step;        // bytes from group to group
  const std::int32_t* planes;     // of planes: bytes to each output of a group; 16-aligned
};

constexpr std::int32_t max_pair_step = 1 << 20;
constexpr bool is_pair_step(std::int32_t step) { return step % packed_vector == 0 && step <= max_pair_step; }

using PairKernel = void (*)(const PairArguments*);

// By vectors of a patch: 1 … 4 (of planes: 3, 4), then 5, 9, 13 …; 6, 10 …; 7, 11 …; 8, 12 ….
extern const PairKernel pair_kernels_rows[8], pair_kernels_planes[6];

// `least`: vectors that the first of the kernels is for.
inline void run_pair_kernel(const PairKernel* kernels, std::int32_t least, PairArguments arguments) {
  const std::int32_t before_last = arguments.step / packed_vector - 1;
  if (before_last < 4) return kernels[before_last + 1 - least](&arguments);
  const std::int32_t blocks = before_last / 4 - 1;  // of four vectors after the first 5 … 8
  arguments.pairs = static_cast<std::int32_t>(static_cast<std::uint32_t>(arguments.pairs - 1) << 16 | static_cast<std::uint32_t>(blocks));
  kernels[5 - least + before_last % 4](&arguments);
}

#if defined(__ARM_FEATURE_MVE)
constexpr bool has_pair_kernels = true;
inline void run_pair_rows(const PairArguments& arguments) { run_pair_kernel(pair_kernels_rows, 1, arguments); }
inline void run_pair_planes(const PairArguments& arguments) { run_pair_kernel(pair_kernels_planes, 3, arguments); }
#else
constexpr bool has_pair_kernels = false;
inline void run_pair_rows(const PairArguments&) {}
inline void run_pair_planes(const PairArguments&) {}
#endif

}  // namespace cortado::ops
