// Joining tensors along a dimension, and taking them apart again. All parts and the whole lie in one memory order.
// Source: PyTorch's native_functions.yaml.
#pragma once

#include "ops/kernel.h"

namespace cortado::ops {

// Parts of shape [0] count as absent, whatever the others' rank.
struct CatArgs {
  static constexpr const char* name = "aten::cat.out";
  TensorList tensors;
  std::int64_t dim = 0;
  Tensor out;
  template <class V>
  static constexpr void fields(V&& visit) {
    each_field(visit, "tensors", &CatArgs::tensors, "dim", &CatArgs::dim, "out", &CatArgs::out);
  }
};

// Along a new dimension; contiguous.
struct StackArgs {
  static constexpr const char* name = "aten::stack.out";
  TensorList tensors;
  std::int64_t dim = 0;
  Tensor out;
  template <class V>
  static constexpr void fields(V&& visit) {
    each_field(visit, "tensors", &StackArgs::tensors, "dim", &StackArgs::dim, "out", &StackArgs::out);
  }
};

struct SplitCopyArgs {
  static constexpr const char* name = "aten::split_copy.Tensor_out";
  Tensor self;
  std::int64_t split_size = 1;  // the last part may be smaller
  std::int64_t dim = 0;
  TensorList out;
  template <class V>
  static constexpr void fields(V&& visit) {
    using A = SplitCopyArgs;
    each_field(visit, "self", &A::self, "split_size", &A::split_size, "dim", &A::dim, "out", &A::out);
  }
};

struct SplitWithSizesCopyArgs {
  static constexpr const char* name = "aten::split_with_sizes_copy.out";
  Tensor self;
  IntList split_sizes;
  std::int64_t dim = 0;
  TensorList out;
  template <class V>
  static constexpr void fields(V&& visit) {
    using A = SplitWithSizesCopyArgs;
    each_field(visit, "self", &A::self, "split_sizes", &A::split_sizes, "dim", &A::dim, "out", &A::out);
  }
};

// Every index of a dimension by itself, which vanishes; contiguous.
struct UnbindCopyArgs {
  static constexpr const char* name = "aten::unbind_copy.int_out";
  Tensor self;
  std::int64_t dim = 0;
  TensorList out;
  template <class V>
  static constexpr void fields(V&& visit) {
    using A = UnbindCopyArgs;
    each_field(visit, "self", &A::self, "dim", &A::dim, "out", &A::out);
  }
};

}  // namespace cortado::ops
