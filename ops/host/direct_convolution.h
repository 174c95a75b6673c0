// Convolutions that need no packing: pointwise ones are matrix products, and depthwise ones run along the rows. Host.
//
// oneDNN's kernels want channels in blocks of 8 or 16. For these two kinds the reordering of both tensors costs as much
// as the arithmetic.
#pragma once

#include "ops/host/onednn.h"

namespace cortado::ops {

bool is_pointwise(const Convolution& convolution);  // kernel 1, stride 1, no padding, one group
bool is_depthwise(const Convolution& convolution);  // over 2 dimensions, one input channel a group

// As convolve() of the kinds above; `y` has room for the result.
void convolve_pointwise(const Convolution& convolution, const float* x, const float* weight, const float* bias,
                        float* y);
void convolve_depthwise(const Convolution& convolution, const float* x, const float* weight, const float* bias,
                        float* y);

}  // namespace cortado::ops
