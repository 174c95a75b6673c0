// The lower triangle of matrices. Source: PyTorch's native_functions.yaml.
#pragma once

#include "ops/kernel.h"

namespace cortado::ops {

// out[…, i, j] = j − i ≤ diagonal ? self[…, i, j] : 0
struct TrilArgs {
  static constexpr const char* name = "aten::tril.out";
  Tensor self;  // rank at least 2
  std::int64_t diagonal = 0;
  Tensor out;
  template <class V>
  static constexpr void fields(V&& visit) {
    each_field(visit, "self", &TrilArgs::self, "diagonal", &TrilArgs::diagonal, "out", &TrilArgs::out);
  }
};

}  // namespace cortado::ops
