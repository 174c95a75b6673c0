// Tensors made from numbers. Source: PyTorch's native_functions.yaml.
#pragma once

#include "ops/kernel.h"

namespace cortado::ops {

// out[i] = fill_value
struct FullArgs {
  static constexpr const char* name = "aten::full.out";
  IntList size;  // out has it already
  Scalar fill_value;
  Tensor out;
  template <class V>
  static constexpr void fields(V&& visit) {
    each_field(visit, "size", &FullArgs::size, "fill_value", &FullArgs::fill_value, "out", &FullArgs::out);
  }
};

struct FullLikeArgs {
  static constexpr const char* name = "aten::full_like.out";
  Tensor self;
  Scalar fill_value;
  OptionalInt memory_format;  // out has it already
  Tensor out;
  template <class V>
  static constexpr void fields(V&& visit) {
    using A = FullLikeArgs;
    each_field(visit, "self", &A::self, "fill_value", &A::fill_value, "memory_format", &A::memory_format, "out",
               &A::out);
  }
};

struct FillArgs {
  static constexpr const char* name = "aten::fill.Scalar_out";
  Tensor self;
  Scalar value;
  Tensor out;
  template <class V>
  static constexpr void fields(V&& visit) {
    each_field(visit, "self", &FillArgs::self, "value", &FillArgs::value, "out", &FillArgs::out);
  }
};

struct ScalarTensorArgs {
  static constexpr const char* name = "aten::scalar_tensor.out";
  Scalar s;
  Tensor out;
  template <class V>
  static constexpr void fields(V&& visit) {
    each_field(visit, "s", &ScalarTensorArgs::s, "out", &ScalarTensorArgs::out);
  }
};

struct Zeros {
  static constexpr const char* name = "aten::zeros.out";
  static constexpr std::int64_t value = 0;
};
struct Ones {
  static constexpr const char* name = "aten::ones.out";
  static constexpr std::int64_t value = 1;
};

template <class Kind>
struct ConstantArgs : Kind {
  IntList size;  // out has it already
  Tensor out;
  template <class V>
  static constexpr void fields(V&& visit) {
    each_field(visit, "size", &ConstantArgs::size, "out", &ConstantArgs::out);
  }
};

// out[i] = start + i · step
struct ArangeStartArgs {
  static constexpr const char* name = "aten::arange.start_out";
  Scalar start, end, step;  // out has the length already
  Tensor out;
  template <class V>
  static constexpr void fields(V&& visit) {
    using A = ArangeStartArgs;
    each_field(visit, "start", &A::start, "end", &A::end, "step", &A::step, "out", &A::out);
  }
};

struct ArangeArgs {
  static constexpr const char* name = "aten::arange.out";
  Scalar end;
  Tensor out;
  template <class V>
  static constexpr void fields(V&& visit) {
    each_field(visit, "end", &ArangeArgs::end, "out", &ArangeArgs::out);
  }
};

}  // namespace cortado::ops
