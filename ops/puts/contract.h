// A tensor with some of its elements replaced or added to, of any element type. Source: PyTorch's
// native_functions.yaml.
//
// out is self first, then the elements are written in the logical order of what is written: of those that go to one
// place the last one stays. Indices are i32 or i64 and are checked while running (see ops/kernel.h).
#pragma once

#include "ops/kernel.h"

namespace cortado::ops {

// out[indices…] = values, or += values: at most 4 index tensors, which broadcast, None for whole dimensions; negative
// indices count from the end; values broadcast to the indexed shape.
struct IndexPutArgs {
  static constexpr const char* name = "aten::index_put.out";
  Tensor self;
  TensorList indices;
  Tensor values;
  bool accumulate = false;
  Tensor out;
  template <class V>
  static constexpr void fields(V&& visit) {
    using A = IndexPutArgs;
    each_field(visit, "self", &A::self, "indices", &A::indices, "values", &A::values, "accumulate", &A::accumulate,
               "out", &A::out);
  }
};

// The same into self, which it returns.
struct IndexPutInPlaceArgs {
  static constexpr const char* name = "aten::index_put_";
  Tensor self;
  TensorList indices;
  Tensor values;
  bool accumulate = false;
  template <class V>
  static constexpr void fields(V&& visit) {
    using A = IndexPutInPlaceArgs;
    each_field(visit, "self", &A::self, "indices", &A::indices, "values", &A::values, "accumulate", &A::accumulate);
  }
};

// out[index[i, j], j] = src[i, j] for dim 0, and so on; the index may be smaller than src.
struct Scatter {
  static constexpr const char* name = "aten::scatter.src_out";
  static constexpr bool adds = false;
};
struct ScatterAdd {
  static constexpr const char* name = "aten::scatter_add.out";
  static constexpr bool adds = true;
};
template <class Kind>
struct ScatterArgs {
  static constexpr const char* name = Kind::name;
  Tensor self;
  std::int64_t dim = 0;
  Tensor index, src, out;
  template <class V>
  static constexpr void fields(V&& visit) {
    using A = ScatterArgs;
    each_field(visit, "self", &A::self, "dim", &A::dim, "index", &A::index, "src", &A::src, "out", &A::out);
  }
};

struct ScatterValueArgs {
  static constexpr const char* name = "aten::scatter.value_out";
  Tensor self;
  std::int64_t dim = 0;
  Tensor index;
  Scalar value;
  Tensor out;
  template <class V>
  static constexpr void fields(V&& visit) {
    using A = ScatterValueArgs;
    each_field(visit, "self", &A::self, "dim", &A::dim, "index", &A::index, "value", &A::value, "out", &A::out);
  }
};

// out[…, index, …] = src
struct SelectScatterArgs {
  static constexpr const char* name = "aten::select_scatter.out";
  Tensor self, src;
  std::int64_t dim = 0, index = 0;
  Tensor out;
  template <class V>
  static constexpr void fields(V&& visit) {
    using A = SelectScatterArgs;
    each_field(visit, "self", &A::self, "src", &A::src, "dim", &A::dim, "index", &A::index, "out", &A::out);
  }
};

// out[…, start:end:step, …] = src, with Python's meaning of negative and absent bounds; step ≥ 1.
struct SliceScatterArgs {
  static constexpr const char* name = "aten::slice_scatter.out";
  Tensor self, src;
  std::int64_t dim = 0;
  OptionalInt start, end;
  std::int64_t step = 1;
  Tensor out;
  template <class V>
  static constexpr void fields(V&& visit) {
    using A = SliceScatterArgs;
    each_field(visit, "self", &A::self, "src", &A::src, "dim", &A::dim, "start", &A::start, "end", &A::end, "step",
               &A::step, "out", &A::out);
  }
};

// out[i] = the next element of source wherever mask[i], in logical order; mask broadcasts to self. A source with too
// few elements counts as an index out of range.
struct MaskedScatterArgs {
  static constexpr const char* name = "aten::masked_scatter.out";
  Tensor self, mask, source, out;
  template <class V>
  static constexpr void fields(V&& visit) {
    using A = MaskedScatterArgs;
    each_field(visit, "self", &A::self, "mask", &A::mask, "source", &A::source, "out", &A::out);
  }
};

}  // namespace cortado::ops
