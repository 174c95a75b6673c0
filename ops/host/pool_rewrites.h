// Pooling along one dimension as pooling of images one pixel high. Host.
#pragma once

#include "ops/host/rewrites.h"

namespace cortado::ops {

// `op` with two spatial dimensions on the first argument, given a height of 1; the arguments named, lists of one
// number, get `height` in front.
struct PoolArgument {
  std::string_view name;
  std::int64_t height;
};
Status pool_in_two_dimensions(const Operands& operands, Rewriter& rewriter, std::string_view op,
                              std::initializer_list<PoolArgument> lists,
                              std::initializer_list<std::string_view> others);

}  // namespace cortado::ops
