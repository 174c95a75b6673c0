// The type of most values in the tests of graphs.
#pragma once

#include <utility>

#include "ir/type.h"

namespace cortado::ir {

inline Type f32(Shape shape) { return {DType::f32, std::move(shape), {}, {}}; }

}  // namespace cortado::ir
