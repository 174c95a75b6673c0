// Functions of one number, element by element: out[i] = f(self[i]). Source: PyTorch's native_functions.yaml.
//
// Computed in double by support/real_math.h and rounded to f32, the type of out; integers and bools are taken as reals.
// Some keep integers (abs, neg, sign, the roundings: out has self's type), some give a bool.
#pragma once

#include "ops/kernel.h"

namespace cortado::ops {

// F: a function of functions.h.
template <class F>
struct UnaryArgs {
  static constexpr const char* name = F::name;
  Tensor self, out;
  template <class V>
  static constexpr void fields(V&& visit) {
    each_field(visit, "self", &UnaryArgs::self, "out", &UnaryArgs::out);
  }
};

struct EluArgs {
  static constexpr const char* name = "aten::elu.out";
  Tensor self;
  Scalar alpha, scale, input_scale;
  Tensor out;  // scale · (x > 0 ? x : alpha · (e^(x · input_scale) − 1))
  template <class V>
  static constexpr void fields(V&& visit) {
    using A = EluArgs;
    each_field(visit, "self", &A::self, "alpha", &A::alpha, "scale", &A::scale, "input_scale", &A::input_scale, "out",
               &A::out);
  }
};

struct LeakyReluArgs {
  static constexpr const char* name = "aten::leaky_relu.out";
  Tensor self;
  Scalar negative_slope;
  Tensor out;  // x > 0 ? x : negative_slope · x
  template <class V>
  static constexpr void fields(V&& visit) {
    using A = LeakyReluArgs;
    each_field(visit, "self", &A::self, "negative_slope", &A::negative_slope, "out", &A::out);
  }
};

struct GeluArgs {
  static constexpr const char* name = "aten::gelu.out";
  Tensor self;
  String approximate;  // "none": x · Φ(x); "tanh"
  Tensor out;
  template <class V>
  static constexpr void fields(V&& visit) {
    using A = GeluArgs;
    each_field(visit, "self", &A::self, "approximate", &A::approximate, "out", &A::out);
  }
};

struct LogitArgs {
  static constexpr const char* name = "aten::logit.out";
  Tensor self;
  OptionalNumber eps;
  Tensor out;  // ln(x / (1 − x)), x clamped to eps … 1 − eps
  template <class V>
  static constexpr void fields(V&& visit) {
    using A = LogitArgs;
    each_field(visit, "self", &A::self, "eps", &A::eps, "out", &A::out);
  }
};

}  // namespace cortado::ops
