// quantized_transpose_conv2d as a stage. Host and target, C++17.
#pragma once

#include "ops/conv_transpose2d/taps.h"
#include "ops/stage.h"

namespace cortado::ops {

// The windows are the kernel's: KH, KW, strides and paddings of the transposed convolution. Constants: weight [O, KH,
// KW, C]; start [O] and [O, KH, KW], the bias and what input_offset adds for each tap; multipliers; shifts.
struct ConvTranspose2dStage {
  static constexpr std::uint32_t id = 21;
  enum : std::uint32_t { output_offset, activation_min, activation_max, count };
  enum : std::uint32_t { weight, start, multipliers, shifts, constants };
};

inline TransposedAxis transposed_axis(const Window& window) {
  return {window.input, window.kernel, window.stride, window.padding};
}

}  // namespace cortado::ops
