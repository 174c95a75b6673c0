// aten::glu: with a and b the halves of self along a dimension, out = a · (1 / (1 + e^−b)), in f32; e^−b is rounded to
// f32. Source: PyTorch's native_functions.yaml.
#pragma once

#include "ops/kernel.h"

namespace cortado::ops {

struct GluArgs {
  static constexpr const char* name = "aten::glu.out";
  Tensor self;  // f32
  std::int64_t dim = -1;
  Tensor out;  // f32, half as long along dim
  template <class V>
  static constexpr void fields(V&& visit) {
    each_field(visit, "self", &GluArgs::self, "dim", &GluArgs::dim, "out", &GluArgs::out);
  }
};

}  // namespace cortado::ops
