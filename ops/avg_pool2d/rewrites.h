// Averages as avg_pool2d.default. Host.
#pragma once

#include "ops/definition.h"

namespace cortado::ops::avg_pool2d {

void set_rewrites(Registry& registry);

// A mean over any dimensions of a float tensor, in a graph to be quantized.
Status rewrite_mean(const Operands& operands, Rewriter& rewriter);

}  // namespace cortado::ops::avg_pool2d
