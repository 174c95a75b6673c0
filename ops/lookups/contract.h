// Elements chosen by index tensors, of any element type. Source: PyTorch's native_functions.yaml (the .out overloads).
//
// Indices are i32 or i64 and are checked while running (see ops/kernel.h).
#pragma once

#include "ops/kernel.h"

namespace cortado::ops {

// out[i…, :] = weight[indices[i…], :]
struct EmbeddingArgs {
  static constexpr const char* name = "aten::embedding.out";
  Tensor weight;  // rank 2
  Tensor indices;
  std::int64_t padding_idx = -1;  // these three concern training alone
  bool scale_grad_by_freq = false, sparse = false;
  Tensor out;
  template <class V>
  static constexpr void fields(V&& visit) {
    using A = EmbeddingArgs;
    each_field(visit, "weight", &A::weight, "indices", &A::indices, "padding_idx", &A::padding_idx,
               "scale_grad_by_freq", &A::scale_grad_by_freq, "sparse", &A::sparse, "out", &A::out);
  }
};

// out[i, j, k] = self[index[i, j, k], j, k] for dim 0, and so on.
struct GatherArgs {
  static constexpr const char* name = "aten::gather.out";
  Tensor self;
  std::int64_t dim = 0;
  Tensor index;
  bool sparse_grad = false;
  Tensor out;  // the sizes of index
  template <class V>
  static constexpr void fields(V&& visit) {
    using A = GatherArgs;
    each_field(visit, "self", &A::self, "dim", &A::dim, "index", &A::index, "sparse_grad", &A::sparse_grad, "out",
               &A::out);
  }
};

// out[…, i, …] = self[…, index[i], …]
struct IndexSelectArgs {
  static constexpr const char* name = "aten::index_select.out";
  Tensor self;
  std::int64_t dim = 0;
  Tensor index;  // rank 0 or 1
  Tensor out;
  template <class V>
  static constexpr void fields(V&& visit) {
    using A = IndexSelectArgs;
    each_field(visit, "self", &A::self, "dim", &A::dim, "index", &A::index, "out", &A::out);
  }
};

// out = self[indices…]: at most 4 index tensors, which broadcast, None for whole dimensions; negative indices count
// from the end.
struct IndexArgs {
  static constexpr const char* name = "aten::index.Tensor_out";
  Tensor self;
  TensorList indices;
  Tensor out;
  template <class V>
  static constexpr void fields(V&& visit) {
    using A = IndexArgs;
    each_field(visit, "self", &A::self, "indices", &A::indices, "out", &A::out);
  }
};

}  // namespace cortado::ops
