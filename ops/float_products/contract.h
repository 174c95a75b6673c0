// Products of matrices in float: out[i, j] = Σ_k a[i, k] · b[k, j], and what is added to them.
//
// The sums are of f32, with k ascending; what is added comes last. Source: PyTorch's native_functions.yaml.
#pragma once

#include "ops/kernel.h"

namespace cortado::ops {

// out = input · weightᵀ + bias
struct LinearArgs {
  static constexpr const char* name = "aten::linear.out";
  Tensor input;         // f32 […, in], contiguous
  Tensor weight;        // f32 [out, in]
  OptionalTensor bias;  // f32 [out]
  Tensor out;           // f32 […, out], contiguous
  template <class V>
  static constexpr void fields(V&& visit) {
    using A = LinearArgs;
    each_field(visit, "input", &A::input, "weight", &A::weight, "bias", &A::bias, "out", &A::out);
  }
};

struct Mm {
  static constexpr const char* name = "aten::mm.out";
  static constexpr std::uint8_t rank = 2;
};
struct Bmm {
  static constexpr const char* name = "aten::bmm.out";
  static constexpr std::uint8_t rank = 3;
};

// out = self · mat2
template <class Kind>
struct ProductArgs : Kind {
  Tensor self, mat2, out;  // f32, matrices or equally long batches of them
  template <class V>
  static constexpr void fields(V&& visit) {
    each_field(visit, "self", &ProductArgs::self, "mat2", &ProductArgs::mat2, "out", &ProductArgs::out);
  }
};

// out = beta · self + alpha · (mat1 · mat2)
struct AddmmArgs {
  static constexpr const char* name = "aten::addmm.out";
  Tensor self;        // f32, broadcasts to out; not read when beta is 0
  Tensor mat1, mat2;  // f32 matrices
  Scalar beta, alpha;
  Tensor out;
  template <class V>
  static constexpr void fields(V&& visit) {
    using A = AddmmArgs;
    each_field(visit, "self", &A::self, "mat1", &A::mat1, "mat2", &A::mat2, "beta", &A::beta, "alpha", &A::alpha, "out",
               &A::out);
  }
};

}  // namespace cortado::ops
