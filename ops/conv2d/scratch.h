// Bytes of scratch that CMSIS-NN's int8 convolutions ask for: ExecuTorch's kernels need the scratch arguments of a
// program to be at least this large. Ours need none. Host.
#pragma once

#include <cstdint>

#include "ops/lowering.h"

namespace cortado::ops {

// A convolution as CMSIS-NN's dispatch sees it.
struct ConvolutionGeometry {
  std::int64_t batch = 1, in_channels = 0, in_height = 0, in_width = 0;
  std::int64_t out_channels = 0, out_height = 0, out_width = 0;
  std::int64_t kernel_height = 0, kernel_width = 0, kernel_channels = 0;  // channels that one output sees
  std::int64_t stride_y = 1, stride_x = 1, pad_y = 0, pad_x = 0, dilation_y = 1, dilation_x = 1;
};

std::int64_t convolution_scratch_bytes(const ConvolutionGeometry& geometry, Isa isa);
std::int64_t depthwise_scratch_bytes(const ConvolutionGeometry& geometry, Isa isa);

// Transposed: the accumulators of a row, or the operands of the convolution that it is turned into.
struct TransposedScratch {
  std::int64_t accumulator_bytes = 0;
  std::int64_t reversed_kernel_bytes = 0;
};
TransposedScratch transposed_scratch_bytes(const ConvolutionGeometry& geometry, Isa isa);

}  // namespace cortado::ops
