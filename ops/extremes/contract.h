// The smaller or the larger of two tensors, element by element: out = min(a, b) or max(a, b), a and b broadcast.
// The cortex_m forms take int8 whose quantization parameters agree; the aten forms any one number type, and NaN wins.
// Source: ExecuTorch 1.5 operators.yaml; PyTorch's native_functions.yaml.
#pragma once

#include "ops/kernel.h"

namespace cortado::ops {

struct CortexMMinimum {
  static constexpr const char* name = "cortex_m::minimum.out";
  static constexpr bool larger = false, only_i8 = true;
};
struct CortexMMaximum {
  static constexpr const char* name = "cortex_m::maximum.out";
  static constexpr bool larger = true, only_i8 = true;
};
struct AtenMinimum {
  static constexpr const char* name = "aten::minimum.out";
  static constexpr bool larger = false, only_i8 = false;
};
struct AtenMaximum {
  static constexpr const char* name = "aten::maximum.out";
  static constexpr bool larger = true, only_i8 = false;
};

template <class Kind>
struct ExtremeArgs : Kind {
  Tensor self, other, out;  // one type
  template <class V>
  static constexpr void fields(V&& visit) {
    using A = ExtremeArgs;
    each_field(visit, "self", &A::self, "other", &A::other, "out", &A::out);
  }
};

}  // namespace cortado::ops
