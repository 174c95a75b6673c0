// Arithmetic and logic on two numbers, element by element, in the common type of both: out[i] = f(a[i], b[i]), a and b
// broadcast. Source: PyTorch's native_functions.yaml.
//
// Integers wrap, floats are computed in f32; a division gives f32. The other operand may be a number.
#pragma once

#include "ops/kernel.h"

namespace cortado::ops {

// Kind: a row of functions.h.
template <class Kind>
struct TensorTensorArgs {
  static constexpr const char* name = Kind::tensor_name;
  using Function = Kind;
  Tensor self, other, out;
  template <class V>
  static constexpr void fields(V&& visit) {
    using A = TensorTensorArgs;
    each_field(visit, "self", &A::self, Kind::other_name, &A::other, "out", &A::out);
  }
};

template <class Kind>
struct TensorScalarArgs {
  static constexpr const char* name = Kind::scalar_name;
  using Function = Kind;
  Tensor self;
  Scalar other;
  Tensor out;
  template <class V>
  static constexpr void fields(V&& visit) {
    using A = TensorScalarArgs;
    each_field(visit, "self", &A::self, Kind::other_name, &A::other, "out", &A::out);
  }
};

// Sums and differences: the second operand comes times alpha.
template <class Kind>
struct ScaledTensorArgs {
  static constexpr const char* name = Kind::tensor_name;
  using Function = Kind;
  Tensor self, other;
  Scalar alpha;
  Tensor out;
  template <class V>
  static constexpr void fields(V&& visit) {
    using A = ScaledTensorArgs;
    each_field(visit, "self", &A::self, "other", &A::other, "alpha", &A::alpha, "out", &A::out);
  }
};

template <class Kind>
struct ScaledScalarArgs {
  static constexpr const char* name = Kind::scalar_name;
  using Function = Kind;
  Tensor self;
  Scalar other, alpha;
  Tensor out;
  template <class V>
  static constexpr void fields(V&& visit) {
    using A = ScaledScalarArgs;
    each_field(visit, "self", &A::self, "other", &A::other, "alpha", &A::alpha, "out", &A::out);
  }
};

struct DivModeArgs {
  static constexpr const char* name = "aten::div.out_mode";
  Tensor self, other;
  OptionalString rounding_mode;  // "floor", "trunc" or None
  Tensor out;
  template <class V>
  static constexpr void fields(V&& visit) {
    using A = DivModeArgs;
    each_field(visit, "self", &A::self, "other", &A::other, "rounding_mode", &A::rounding_mode, "out", &A::out);
  }
};

struct DivScalarModeArgs {
  static constexpr const char* name = "aten::div.Scalar_mode_out";
  Tensor self;
  Scalar other;
  OptionalString rounding_mode;
  Tensor out;
  template <class V>
  static constexpr void fields(V&& visit) {
    using A = DivScalarModeArgs;
    each_field(visit, "self", &A::self, "other", &A::other, "rounding_mode", &A::rounding_mode, "out", &A::out);
  }
};

// out[i] = self ^ exponent[i]
struct PowScalarArgs {
  static constexpr const char* name = "aten::pow.Scalar_out";
  Scalar self;
  Tensor exponent, out;
  template <class V>
  static constexpr void fields(V&& visit) {
    each_field(visit, "self", &PowScalarArgs::self, "exponent", &PowScalarArgs::exponent, "out", &PowScalarArgs::out);
  }
};

}  // namespace cortado::ops
