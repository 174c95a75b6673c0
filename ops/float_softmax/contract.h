// Softmax and its logarithm in float, along one dimension, in any memory order. With m the largest of the row:
//
//   S = Σ e^(x − m);  softmax: e^(x − m) / S;  log softmax: x − m − ln S
//
// e and ln are those of support/real_math.h rounded to f32, sums and quotients are of f32. Source: PyTorch's
// native_functions.yaml.
#pragma once

#include "ops/kernel.h"

namespace cortado::ops {

struct Softmax {
  static constexpr const char* name = "aten::_softmax.out";
  static constexpr bool is_logarithm = false;
};
struct LogSoftmax {
  static constexpr const char* name = "aten::_log_softmax.out";
  static constexpr bool is_logarithm = true;
};

template <class Kind>
struct FloatSoftmaxArgs : Kind {
  Tensor self;  // f32
  std::int64_t dim = -1;
  bool half_to_float = false;  // must be false
  Tensor out;                  // f32, of the same sizes
  template <class V>
  static constexpr void fields(V&& visit) {
    using A = FloatSoftmaxArgs;
    each_field(visit, "self", &A::self, "dim", &A::dim, "half_to_float", &A::half_to_float, "out", &A::out);
  }
};

}  // namespace cortado::ops
