// The largest or smallest elements along a dimension and where they are. Source: PyTorch's native_functions.yaml.
//
// Places are i64, counted along the dimension. Of equal elements the first comes first; NaN is above and below
// everything for max, min, argmax and argmin, and above everything for topk, as in PyTorch.
#pragma once

#include "ops/kernel.h"

namespace cortado::ops {

struct Max {
  static constexpr const char* extreme_name = "aten::max.dim_max";
  static constexpr const char* place_name = "aten::argmax.out";
  static constexpr const char* values = "max";
  static constexpr const char* places = "max_values";
};
struct Min {
  static constexpr const char* extreme_name = "aten::min.dim_min";
  static constexpr const char* place_name = "aten::argmin.out";
  static constexpr const char* values = "min";
  static constexpr const char* places = "min_indices";
};

template <class Kind>
struct ExtremeWithPlaceArgs {
  static constexpr const char* name = Kind::extreme_name;
  Tensor self;
  std::int64_t dim = 0;
  bool keepdim = false;
  Tensor values, places;  // places: i64
  template <class V>
  static constexpr void fields(V&& visit) {
    using A = ExtremeWithPlaceArgs;
    each_field(visit, "self", &A::self, "dim", &A::dim, "keepdim", &A::keepdim, Kind::values, &A::values, Kind::places,
               &A::places);
  }
};

template <class Kind>
struct PlaceArgs {
  static constexpr const char* name = Kind::place_name;
  Tensor self;
  OptionalInt dim;  // None: the place in the flattened tensor
  bool keepdim = false;
  Tensor out;  // i64
  template <class V>
  static constexpr void fields(V&& visit) {
    using A = PlaceArgs;
    each_field(visit, "self", &A::self, "dim", &A::dim, "keepdim", &A::keepdim, "out", &A::out);
  }
};

// The k largest (or smallest) along dim, in order whether `sorted` or not.
struct TopkArgs {
  static constexpr const char* name = "aten::topk.values";
  Tensor self;
  std::int64_t k = 1, dim = -1;
  bool largest = true, sorted = true;
  Tensor values, indices;  // indices: i64, of one memory order
  template <class V>
  static constexpr void fields(V&& visit) {
    using A = TopkArgs;
    each_field(visit, "self", &A::self, "k", &A::k, "dim", &A::dim, "largest", &A::largest, "sorted", &A::sorted,
               "values", &A::values, "indices", &A::indices);
  }
};

}  // namespace cortado::ops
