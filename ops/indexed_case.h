// References and random operands of operators with index tensors. Host and target, C++17.
#pragma once

#include "ops/index_map.h"

namespace cortado::ops {

inline std::int64_t index_at(const Tensor& index, const Index& at) {
  const std::int64_t offset = offset_of(index, at);
  return index.dtype == DType::i64 ? index.as<std::int64_t>()[offset] : index.as<std::int32_t>()[offset];
}

// Numbers in 0 … size − 1, now and then from the end. `size` may be 0 where the tensor is empty.
inline Tensor index_tensor(CaseBuilder& builder, DType dtype, const std::int32_t* sizes, std::size_t rank,
                           std::int32_t size, bool from_end) {
  const Tensor index = ordered_tensor(builder, dtype, sizes, rank);
  for (std::size_t i = 0; builder.fits() && i < index.elements(); ++i) {
    std::int32_t number = builder.random.between(0, size - 1);
    if (from_end && builder.random.chance(4)) number -= size;
    if (dtype == DType::i64)
      index.as<std::int64_t>()[i] = number;
    else
      index.as<std::int32_t>()[i] = number;
  }
  return index;
}

inline DType index_dtype(Random& random) { return random.chance(2) ? DType::i64 : DType::i32; }

// Sizes 1 … 5, the last 1 … 9.
inline std::size_t small_sizes(Random& random, std::int32_t low_rank, std::int32_t high_rank,
                               std::int32_t (&sizes)[max_rank]) {
  const std::size_t rank = random_rank(random, low_rank, high_rank);
  for (std::size_t i = 0; i < rank; ++i) sizes[i] = random.between(1, i + 1 == rank ? 9 : 5);
  return rank;
}

// An index for gather and scatter: of the tensor's rank, no larger than it but along dim. `limit`, if any: not larger
// than that anywhere.
inline Tensor index_along(CaseBuilder& builder, const Tensor& tensor, std::size_t dim, const Tensor* limit) {
  Random& random = builder.random;
  std::int32_t sizes[max_rank] = {};
  for (std::size_t i = 0; i < tensor.rank; ++i) {
    sizes[i] = i == dim ? random.between(0, 7) : random.between(1, tensor.sizes[i]);
    if (limit != nullptr && sizes[i] > limit->sizes[i]) sizes[i] = limit->sizes[i];
  }
  return index_tensor(builder, index_dtype(random), sizes, tensor.rank, tensor.rank == 0 ? 1 : tensor.sizes[dim],
                      false);
}

// --- x[indices…]: where an index of the result is in x, after PyTorch's description of it

struct AdvancedShape {
  std::size_t common_rank = 0, indexed = 0, position = 0;
};
inline AdvancedShape advanced_shape(const TensorList& indices) {
  AdvancedShape shape;
  std::size_t first = 0, last = 0;
  for (std::uint32_t d = 0; d < indices.count; ++d) {
    if (indices[d].data == nullptr) continue;
    if (shape.indexed++ == 0) first = d;
    last = d;
    shape.common_rank = indices[d].rank > shape.common_rank ? indices[d].rank : shape.common_rank;
  }
  shape.position = shape.indexed > 0 && last + 1 - first == shape.indexed ? first : 0;
  return shape;
}

inline Index advanced_source(const Tensor& x, const TensorList& indices, const Index& result) {
  const AdvancedShape shape = advanced_shape(indices);
  Index source;
  std::size_t next = shape.position == 0 ? shape.common_rank : 0;  // whole dimension of the result
  for (std::size_t d = 0; d < x.rank; ++d) {
    if (d >= indices.count || indices[d].data == nullptr) {
      source.at[d] = result.at[next++];
      if (next == shape.position) next += shape.common_rank;
      continue;
    }
    Index at;
    for (std::size_t i = 0; i < indices[d].rank; ++i)
      at.at[i] = indices[d].sizes[i] == 1 ? 0 : result.at[shape.position + shape.common_rank - indices[d].rank + i];
    const std::int64_t number = index_at(indices[d], at);
    source.at[d] = static_cast<std::int32_t>(number < 0 ? number + x.sizes[d] : number);
  }
  return source;
}

// Index tensors for x, at most 4, and the sizes of x[indices…]; its rank.
inline std::size_t advanced_case(CaseBuilder& builder, const Tensor& x, TensorList& indices,
                                 std::int32_t (&sizes)[max_rank]) {
  Random& random = builder.random;
  const std::size_t count = random_rank(random, 0, x.rank);
  const DType dtype = index_dtype(random);
  std::int32_t common[max_rank] = {};
  const std::size_t common_rank = small_sizes(random, 0, 2, common);
  Tensor list[max_rank];
  for (std::size_t d = 0; d < count; ++d) {
    if (random.chance(3)) continue;
    // The first one has the common sizes; others may be broadcast.
    bool is_first = true;
    for (std::size_t e = 0; e < d; ++e) is_first = is_first && list[e].data == nullptr;
    std::int32_t own[max_rank] = {};
    const std::size_t rank = is_first ? common_rank : random_rank(random, 0, static_cast<std::int32_t>(common_rank));
    for (std::size_t i = 0; i < rank; ++i) own[i] = !is_first && random.chance(3) ? 1 : common[i + common_rank - rank];
    list[d] = index_tensor(builder, dtype, own, rank, x.sizes[d], true);
  }
  indices = builder.list(list, count);
  if (!builder.fits()) return 0;
  const AdvancedShape shape = advanced_shape(indices);
  std::size_t result_rank = 0, whole = 0;
  for (std::size_t d = 0; d <= x.rank; ++d) {
    if (d < x.rank && d < count && list[d].data != nullptr) continue;
    if (whole++ == shape.position)
      for (std::size_t i = 0; i < shape.common_rank; ++i) sizes[result_rank++] = common[i];
    if (d < x.rank) sizes[result_rank++] = x.sizes[d];
  }
  return result_rank;
}

}  // namespace cortado::ops
