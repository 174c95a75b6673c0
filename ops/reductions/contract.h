// Sums, means, extremes and their like over dimensions. Source: PyTorch's native_functions.yaml (the .out overloads).
//
// out[k] = f over all r of self[k, r], k the indices of the kept dimensions and r of the reduced ones. A list of
// dimensions that is absent or empty means all of them, but for any.dims, where an empty one means none. out has the
// kept dimensions, and with keepdim the reduced ones with size 1. Reals are accumulated in double.
#pragma once

#include "ops/kernel.h"

namespace cortado::ops {

// Kind: a row of functions.h.
template <class Kind>
struct ReduceAllArgs {
  static constexpr const char* name = Kind::name;
  using Function = typename Kind::Function;
  Tensor self, out;  // out: rank 0
  template <class V>
  static constexpr void fields(V&& visit) {
    each_field(visit, "self", &ReduceAllArgs::self, "out", &ReduceAllArgs::out);
  }
};

template <class Kind>
struct ReduceAllToTypeArgs {
  static constexpr const char* name = Kind::name;
  using Function = typename Kind::Function;
  Tensor self;
  OptionalDType dtype;  // out has it already
  Tensor out;
  template <class V>
  static constexpr void fields(V&& visit) {
    using A = ReduceAllToTypeArgs;
    each_field(visit, "self", &A::self, "dtype", &A::dtype, "out", &A::out);
  }
};

// Dim: std::int64_t, IntList or OptionalIntList.
template <class Kind, class Dim>
struct ReduceArgs {
  static constexpr const char* name = Kind::name;
  using Function = typename Kind::Function;
  Tensor self;
  Dim dim = {};
  bool keepdim = false;
  Tensor out;
  template <class V>
  static constexpr void fields(V&& visit) {
    using A = ReduceArgs;
    each_field(visit, "self", &A::self, "dim", &A::dim, "keepdim", &A::keepdim, "out", &A::out);
  }
};

template <class Kind, class Dim>
struct ReduceToTypeArgs {
  static constexpr const char* name = Kind::name;
  using Function = typename Kind::Function;
  Tensor self;
  Dim dim = {};
  bool keepdim = false;
  OptionalDType dtype;  // out has it already
  Tensor out;
  template <class V>
  static constexpr void fields(V&& visit) {
    using A = ReduceToTypeArgs;
    each_field(visit, "self", &A::self, "dim", &A::dim, "keepdim", &A::keepdim, "dtype", &A::dtype, "out", &A::out);
  }
};

// out = Σ (x − mean)² / (n − 1), or n without `unbiased`; NaN where the divisor is not positive.
struct VarArgs {
  static constexpr const char* name = "aten::var.out";
  Tensor self;
  OptionalIntList dim;
  bool unbiased = true, keepdim = false;
  Tensor out;
  template <class V>
  static constexpr void fields(V&& visit) {
    using A = VarArgs;
    each_field(visit, "self", &A::self, "dim", &A::dim, "unbiased", &A::unbiased, "keepdim", &A::keepdim, "out",
               &A::out);
  }
};

// The divisor is n − correction, 1 when absent.
struct VarCorrectionArgs {
  static constexpr const char* name = "aten::var.correction_out";
  Tensor self;
  OptionalIntList dim;
  OptionalScalar correction;
  bool keepdim = false;
  Tensor out;
  template <class V>
  static constexpr void fields(V&& visit) {
    using A = VarCorrectionArgs;
    each_field(visit, "self", &A::self, "dim", &A::dim, "correction", &A::correction, "keepdim", &A::keepdim, "out",
               &A::out);
  }
};

}  // namespace cortado::ops
