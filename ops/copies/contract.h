// Copies that keep a tensor's shape: all of them out[i] = self[i], between any two memory orders.
// Source: PyTorch's native_functions.yaml; ExecuTorch 1.5 for dim_order_ops.
#pragma once

#include "ops/kernel.h"

namespace cortado::ops {

struct AliasCopyName {
  static constexpr const char* name = "aten::alias_copy.out";
};
struct DetachCopyName {
  static constexpr const char* name = "aten::detach_copy.out";
};
struct LiftFreshCopyName {
  static constexpr const char* name = "aten::lift_fresh_copy.out";
};

template <class Name>
struct PlainCopyArgs : Name {
  Tensor self, out;
  template <class V>
  static constexpr void fields(V&& visit) {
    each_field(visit, "self", &PlainCopyArgs::self, "out", &PlainCopyArgs::out);
  }
};

struct CloneArgs {
  static constexpr const char* name = "aten::clone.out";
  Tensor self;
  OptionalInt memory_format;  // out has it already
  Tensor out;
  template <class V>
  static constexpr void fields(V&& visit) {
    using A = CloneArgs;
    each_field(visit, "self", &A::self, "memory_format", &A::memory_format, "out", &A::out);
  }
};

struct CloneDimOrderArgs {
  static constexpr const char* name = "dim_order_ops::_clone_dim_order.out";
  Tensor self;
  bool non_blocking = false;
  OptionalIntList dim_order;  // out has it already
  Tensor out;
  template <class V>
  static constexpr void fields(V&& visit) {
    using A = CloneDimOrderArgs;
    each_field(visit, "self", &A::self, "non_blocking", &A::non_blocking, "dim_order", &A::dim_order, "out", &A::out);
  }
};

// The same with a conversion to the element type of out: floats to integers towards zero, anything to bool by != 0.
struct ToDimOrderCopyArgs {
  static constexpr const char* name = "dim_order_ops::_to_dim_order_copy.out";
  Tensor self;
  bool non_blocking = false;
  OptionalIntList dim_order;
  Tensor out;
  template <class V>
  static constexpr void fields(V&& visit) {
    using A = ToDimOrderCopyArgs;
    each_field(visit, "self", &A::self, "non_blocking", &A::non_blocking, "dim_order", &A::dim_order, "out", &A::out);
  }
};

struct ToCopyArgs {
  static constexpr const char* name = "aten::_to_copy.out";
  Tensor self;
  bool non_blocking = false;
  OptionalInt memory_format;
  Tensor out;
  template <class V>
  static constexpr void fields(V&& visit) {
    using A = ToCopyArgs;
    each_field(visit, "self", &A::self, "non_blocking", &A::non_blocking, "memory_format", &A::memory_format, "out",
               &A::out);
  }
};

// out = src broadcast to the sizes of self and converted; the values of self do not matter.
struct CopyArgs {
  static constexpr const char* name = "aten::copy.out";
  Tensor self, src;
  bool non_blocking = false;
  Tensor out;
  template <class V>
  static constexpr void fields(V&& visit) {
    using A = CopyArgs;
    each_field(visit, "self", &A::self, "src", &A::src, "non_blocking", &A::non_blocking, "out", &A::out);
  }
};

// self = src broadcast: how mutable buffers are written back. What it returns is self.
struct CopyInPlaceArgs {
  static constexpr const char* name = "aten::copy_";
  Tensor self, src;
  bool non_blocking = false;
  template <class V>
  static constexpr void fields(V&& visit) {
    using A = CopyInPlaceArgs;
    each_field(visit, "self", &A::self, "src", &A::src, "non_blocking", &A::non_blocking);
  }
};

}  // namespace cortado::ops
