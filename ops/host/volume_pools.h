// Pooling over volumes: planes first, then depth. Host.
#pragma once

#include "ops/host/rewrites.h"

namespace cortado::ops {

// Windows over [..., depth, height, width]: `op`, which pools two dimensions and takes kernel_size, stride, padding and
// the node's `others`, over [height, width] and then over [depth]. Exact for maxima, and for averages, whose divisors
// are products over the dimensions. `lists`: kernel_size, stride, padding and, for maxima, dilation.
Status pool_planes_then_depth(const Operands& operands, Rewriter& rewriter, std::string_view op,
                              std::initializer_list<std::string_view> lists,
                              std::initializer_list<std::string_view> others);

}  // namespace cortado::ops
