// Convolutions that have an int8 operator only as a convolution over images. Host.
#pragma once

#include "ops/rewriter.h"

namespace cortado::ops::conv2d {

// conv3d.default: the kernel's planes along the depth become channels,
//
//   y[n, o, t] = conv2d(x[n, (c, k), s·t + d·k − pad], w[o, (c, k)]),
//
// one image per depth t. The planes of a dilated kernel are spread with zeros, which needs constant weights.
Status rewrite_volume(const Operands& operands, Rewriter& rewriter);

// conv_transpose2d.input with groups: the convolution of x, with stride − 1 zeros between its pixels, by the mirrored
// kernel. Needs constant weights; without groups nothing happens, cortex_m has the operator.
Status rewrite_grouped_transposed(const Operands& operands, Rewriter& rewriter);

}  // namespace cortado::ops::conv2d
