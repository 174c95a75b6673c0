// Limiting values, on numbers of one type. Source: PyTorch's native_functions.yaml.
//
//   clamp: out = min(max(x, min), max), NaN stays NaN;  relu: min = 0;  hardtanh: min_val and max_val
//
// On integers the limits are integers; the compiler has quantized them for quantized values.
#pragma once

#include "ops/kernel.h"

namespace cortado::ops {

struct ClampArgs {
  static constexpr const char* name = "aten::clamp.out";
  Tensor self;
  OptionalScalar min, max;
  Tensor out;  // type, sizes and memory order of self
  template <class V>
  static constexpr void fields(V&& visit) {
    each_field(visit, "self", &ClampArgs::self, "min", &ClampArgs::min, "max", &ClampArgs::max, "out", &ClampArgs::out);
  }
};

// Limits element by element: self, min and max broadcast to out, in their common type.
struct ClampTensorArgs {
  static constexpr const char* name = "aten::clamp.Tensor_out";
  Tensor self;
  OptionalTensor min, max;
  Tensor out;
  template <class V>
  static constexpr void fields(V&& visit) {
    using A = ClampTensorArgs;
    each_field(visit, "self", &A::self, "min", &A::min, "max", &A::max, "out", &A::out);
  }
};

struct ReluArgs {
  static constexpr const char* name = "aten::relu.out";
  Tensor self, out;
  template <class V>
  static constexpr void fields(V&& visit) {
    each_field(visit, "self", &ReluArgs::self, "out", &ReluArgs::out);
  }
};

struct HardtanhArgs {
  static constexpr const char* name = "aten::hardtanh.out";
  Tensor self;
  Scalar min_val, max_val;
  Tensor out;
  template <class V>
  static constexpr void fields(V&& visit) {
    using A = HardtanhArgs;
    each_field(visit, "self", &A::self, "min_val", &A::min_val, "max_val", &A::max_val, "out", &A::out);
  }
};

}  // namespace cortado::ops
