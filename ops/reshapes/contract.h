// Copies under another shape: elements keep their logical order. Tensors that are not contiguous lose or gain only
// dimensions of size 1. Source: PyTorch's native_functions.yaml.
#pragma once

#include "ops/kernel.h"

namespace cortado::ops {

struct ViewCopyArgs {
  static constexpr const char* name = "aten::view_copy.out";
  Tensor self;
  IntList size;  // out has them already
  Tensor out;
  template <class V>
  static constexpr void fields(V&& visit) {
    each_field(visit, "self", &ViewCopyArgs::self, "size", &ViewCopyArgs::size, "out", &ViewCopyArgs::out);
  }
};

struct SqueezeCopyArgs {
  static constexpr const char* name = "aten::squeeze_copy.out";
  Tensor self, out;
  template <class V>
  static constexpr void fields(V&& visit) {
    each_field(visit, "self", &SqueezeCopyArgs::self, "out", &SqueezeCopyArgs::out);
  }
};

struct SqueezeCopyDimName {
  static constexpr const char* name = "aten::squeeze_copy.dim_out";
};
struct UnsqueezeCopyName {
  static constexpr const char* name = "aten::unsqueeze_copy.out";
};

template <class Name>
struct ReshapeDimArgs : Name {
  Tensor self;
  std::int64_t dim = 0;
  Tensor out;
  template <class V>
  static constexpr void fields(V&& visit) {
    using A = ReshapeDimArgs;
    each_field(visit, "self", &A::self, "dim", &A::dim, "out", &A::out);
  }
};

struct SqueezeCopyDimsArgs {
  static constexpr const char* name = "aten::squeeze_copy.dims_out";
  Tensor self;
  IntList dim;
  Tensor out;
  template <class V>
  static constexpr void fields(V&& visit) {
    using A = SqueezeCopyDimsArgs;
    each_field(visit, "self", &A::self, "dim", &A::dim, "out", &A::out);
  }
};

}  // namespace cortado::ops
