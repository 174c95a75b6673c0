// cortex_m::pad: constant border around an int8 tensor of up to 4 dimensions.
//
//   out[i] = x[i − pre_pad] where that is inside x, else pad_value
//
// pre_pad and post_pad have four entries in the order of memory, of which the last `rank` count. Memory order means
// N, H, W, C for tensors that ExecuTorch takes for channels-last: rank 4 with dim order 0, 2, 3, 1, or one channel, or
// one pixel. Source: ExecuTorch 1.5 operators.yaml; CMSIS-NN arm_pad_s8.
#pragma once

#include "ops/kernel.h"

namespace cortado::ops {

struct PadArgs {
  static constexpr const char* name = "cortex_m::pad.out";
  Tensor input;               // i8
  IntList pre_pad, post_pad;  // [4], non-negative
  std::int32_t pad_value = 0;
  Tensor out;  // i8

  template <class Visit>
  static constexpr void fields(Visit&& visit) {
    visit("input", &PadArgs::input);
    visit("pre_pad", &PadArgs::pre_pad);
    visit("post_pad", &PadArgs::post_pad);
    visit("pad_value", &PadArgs::pad_value);
    visit("out", &PadArgs::out);
  }
};

// Sizes in memory order, with leading ones to make four.
inline void pad_memory_sizes(const Tensor& tensor, bool is_nhwc, std::int64_t (&sizes)[4]) {
  constexpr std::uint8_t nhwc[4] = {0, 2, 3, 1};
  for (std::size_t i = 0; i < 4; ++i) sizes[i] = 1;
  for (std::size_t i = 0; i < tensor.rank; ++i) sizes[4 - tensor.rank + i] = tensor.sizes[is_nhwc ? nhwc[i] : i];
}

inline bool pad_counts_as_nhwc(const Tensor& tensor) {
  if (tensor.rank != 4) return false;
  if (tensor.sizes[1] == 1 || (tensor.sizes[2] == 1 && tensor.sizes[3] == 1)) return true;
  return tensor.dim_order[1] == 2 && tensor.dim_order[2] == 3 && tensor.dim_order[3] == 1;
}

}  // namespace cortado::ops
