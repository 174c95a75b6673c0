// Sums of all elements so far along a dimension. Source: PyTorch's native_functions.yaml.
#pragma once

#include "ops/kernel.h"

namespace cortado::ops {

// out[i] = self[0] + … + self[i] along dim; reals are summed in double, integers wrap.
struct CumsumArgs {
  static constexpr const char* name = "aten::cumsum.out";
  Tensor self;
  std::int64_t dim = 0;
  OptionalDType dtype;  // out has it already
  Tensor out;
  template <class V>
  static constexpr void fields(V&& visit) {
    using A = CumsumArgs;
    each_field(visit, "self", &A::self, "dim", &A::dim, "dtype", &A::dtype, "out", &A::out);
  }
};

}  // namespace cortado::ops
