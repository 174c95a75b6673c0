// Elementwise choice between tensors, which broadcast. Source: PyTorch's native_functions.yaml.
#pragma once

#include "ops/kernel.h"

namespace cortado::ops {

// out[i] = condition[i] ? self[i] : other[i]; self, other and out of one type.
struct WhereArgs {
  static constexpr const char* name = "aten::where.self_out";
  Tensor condition, self, other, out;
  template <class V>
  static constexpr void fields(V&& visit) {
    using A = WhereArgs;
    each_field(visit, "condition", &A::condition, "self", &A::self, "other", &A::other, "out", &A::out);
  }
};

// out[i] = mask[i] ? value : self[i]
struct MaskedFillArgs {
  static constexpr const char* name = "aten::masked_fill.Scalar_out";
  Tensor self, mask;
  Scalar value;
  Tensor out;
  template <class V>
  static constexpr void fields(V&& visit) {
    using A = MaskedFillArgs;
    each_field(visit, "self", &A::self, "mask", &A::mask, "value", &A::value, "out", &A::out);
  }
};

}  // namespace cortado::ops
