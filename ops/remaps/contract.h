// Tensors whose every coordinate comes from one coordinate of the input: borders and rotations, of any element type.
// Source: PyTorch's native_functions.yaml (the .out overloads).
//
// Paddings list (before, after) pairs from the last dimension on; negative numbers cut off.
#pragma once

#include "ops/kernel.h"

namespace cortado::ops {

// A border of one number.
struct ConstantPadArgs {
  static constexpr const char* name = "aten::constant_pad_nd.out";
  Tensor self;
  IntList pad;
  Scalar value;
  Tensor out;
  template <class V>
  static constexpr void fields(V&& visit) {
    using A = ConstantPadArgs;
    each_field(visit, "self", &A::self, "pad", &A::pad, "value", &A::value, "out", &A::out);
  }
};

// reflects: x[−i] = x[i], without the edge; otherwise the edge is repeated. `spatial` pairs, which may be fewer than
// the input's dimensions.
#define CORTADO_BORDER(Type, wire, dims, mirrors)  \
  struct Type {                                    \
    static constexpr const char* name = wire;      \
    static constexpr std::uint32_t spatial = dims; \
    static constexpr bool reflects = mirrors;      \
  };
CORTADO_BORDER(Reflection1d, "aten::reflection_pad1d.out", 1, true)
CORTADO_BORDER(Reflection2d, "aten::reflection_pad2d.out", 2, true)
CORTADO_BORDER(Reflection3d, "aten::reflection_pad3d.out", 3, true)
CORTADO_BORDER(Replication1d, "aten::replication_pad1d.out", 1, false)
CORTADO_BORDER(Replication2d, "aten::replication_pad2d.out", 2, false)
CORTADO_BORDER(Replication3d, "aten::replication_pad3d.out", 3, false)
#undef CORTADO_BORDER

template <class Kind>
struct BorderArgs {
  static constexpr const char* name = Kind::name;
  Tensor self;
  IntList padding;
  Tensor out;
  template <class V>
  static constexpr void fields(V&& visit) {
    using A = BorderArgs;
    each_field(visit, "self", &A::self, "padding", &A::padding, "out", &A::out);
  }
};

// out[(i + shift) mod size] = self[i] along each of dims; without dims over the flattened, contiguous tensor.
struct RollArgs {
  static constexpr const char* name = "aten::roll.out";
  Tensor self;
  IntList shifts, dims;
  Tensor out;
  template <class V>
  static constexpr void fields(V&& visit) {
    using A = RollArgs;
    each_field(visit, "self", &A::self, "shifts", &A::shifts, "dims", &A::dims, "out", &A::out);
  }
};

}  // namespace cortado::ops
