// Walks over a tensor of which some coordinates come from index tensors: gather, embedding and x[i, :, j] read this
// way, scatter and index_put write. Host and target, C++17.
#pragma once

#include "ops/checks.h"
#include "ops/strided.h"

namespace cortado::ops {

// An index space, in logical order, over two tensors: `even`, which is walked by strides alone, and `chosen`, where
// every index tensor adds its number · stride.
struct IndexedWalk {
  static constexpr std::size_t max_indices = 4;
  Nest<3 + max_indices> nest;  // logical order, even, chosen without its indices, index tensors
  const void* index[max_indices];
  std::int32_t size[max_indices], stride[max_indices];  // of the indexed dimensions of `chosen`
  std::uint8_t count;                                   // of index tensors
  bool is_wide;                                         // i64, else i32
  bool from_end;                                        // negative indices count from the end
};

// The index space while it is described, dimension by dimension.
struct IndexedSpace {
  std::size_t rank = 0;
  std::int32_t sizes[max_rank] = {};
  std::int32_t strides[3 + IndexedWalk::max_indices][max_rank] = {};

  std::int32_t& even(std::size_t dim) { return strides[1][dim]; }
  std::int32_t& chosen(std::size_t dim) { return strides[2][dim]; }
  std::int32_t& index(std::size_t n, std::size_t dim) { return strides[3 + n][dim]; }

  void finish(IndexedWalk& walk) {
    std::int32_t step = 1;
    for (std::size_t i = rank; i-- > 0;) {
      strides[0][i] = step;
      step *= sizes[i];
    }
    walk.nest = make_nest(rank, sizes, strides);
  }
};

// The next index tensor of the walk, for a dimension of `chosen` with this size and stride.
inline void add_index(IndexedWalk& walk, Check& check, const Tensor& index, std::int32_t size, std::int32_t stride) {
  check.that(index.dtype == DType::i64 || index.dtype == DType::i32, "an index must be i64 or i32")
      .that(walk.count < IndexedWalk::max_indices, "more than 4 dimensions are indexed")
      .that(walk.count == 0 || walk.is_wide == (index.dtype == DType::i64), "the indices must have one element type");
  if (!check.ok()) return;
  walk.index[walk.count] = index.data;
  walk.size[walk.count] = size;
  walk.stride[walk.count++] = stride;
  walk.is_wide = index.dtype == DType::i64;
}

// Where `chosen` is for the element i of a row; false: an index is out of range.
inline bool chosen_offset(const IndexedWalk& walk, const std::int32_t* offset, std::int32_t i, std::int32_t& at) {
  at = offset[2] + i * walk.nest.row_stride(2);
  for (std::size_t n = 0; n < walk.count; ++n) {
    const std::int32_t place = offset[3 + n] + i * walk.nest.row_stride(3 + n);
    std::int64_t number = walk.is_wide ? static_cast<const std::int64_t*>(walk.index[n])[place]
                                       : static_cast<const std::int32_t*>(walk.index[n])[place];
    if (walk.from_end && number < 0) number += walk.size[n];
    if (number < 0 || number >= walk.size[n]) return false;
    at += static_cast<std::int32_t>(number) * walk.stride[n];
  }
  return true;
}

// Calls visit(even, chosen, count, even_step, chosen_step) with offsets and steps in elements, for runs of elements
// that lie evenly in both. Ends with false at the first index that is out of range.
template <class Visit>
bool for_each_run(const IndexedWalk& walk, Visit visit) {
  const std::int32_t count = walk.nest.row_size(), even_step = walk.nest.row_stride(1),
                     chosen_step = walk.nest.row_stride(2);
  bool is_even = true;
  for (std::size_t n = 0; n < walk.count; ++n) is_even = is_even && walk.nest.row_stride(3 + n) == 0;
  bool in_range = true;
  for_each_row(walk.nest, [&](const std::int32_t* offset) {
    std::int32_t at = 0;
    for (std::int32_t i = 0; in_range && i < count; i += is_even ? count : 1) {
      in_range = chosen_offset(walk, offset, i, at);
      if (in_range) visit(offset[1] + i * even_step, at, is_even ? count : 1, even_step, chosen_step);
    }
  });
  return in_range;
}

// --- the index spaces of operators

// index.Tensor and index_put: index tensors broadcast against each other and stand for their dimensions of `chosen`;
// `even` has their common sizes in place of those, in front when they are not neighbours. Entries without data take a
// whole dimension. Fills sizes and what concerns `chosen` and the indices.
inline void describe_advanced(IndexedWalk& walk, IndexedSpace& space, Check& check, const TensorList& indices,
                              const Tensor& chosen) {
  std::int32_t own[max_rank] = {}, common[max_rank] = {};
  std::size_t common_rank = 0, first = max_rank, last = 0, indexed = 0;
  strides_of(chosen, own);
  check.range("the number of indices", indices.count, 0, chosen.rank);
  for (std::uint32_t d = 0; check.ok() && d < indices.count; ++d) {
    if (indices[d].data == nullptr) continue;
    add_index(walk, check, indices[d], chosen.sizes[d], own[d]);
    if (indices[d].rank > common_rank) common_rank = indices[d].rank;
    if (indexed++ == 0) first = d;
    last = d;
  }
  check.range("the rank of the result", static_cast<std::int64_t>(chosen.rank - indexed + common_rank), 0, max_rank);
  if (!check.ok()) return;
  for (std::size_t i = 0; i < common_rank; ++i) common[i] = 1;
  for (std::uint32_t d = 0; d < indices.count; ++d)
    for (std::size_t i = 0; indices[d].data != nullptr && i < indices[d].rank; ++i) {
      const std::int32_t size = indices[d].sizes[i];
      std::int32_t& shared = common[i + common_rank - indices[d].rank];
      check.that(size == 1 || shared == 1 || size == shared, "the indices do not broadcast");
      if (shared == 1) shared = size;
    }
  const std::size_t position = indexed > 0 && last - first + 1 == indexed ? first : 0;
  for (std::size_t d = 0, whole = 0; d < chosen.rank; ++d) {
    if (d < indices.count && indices[d].data != nullptr) continue;
    const std::size_t dim = whole < position ? whole : whole + common_rank;
    space.sizes[dim] = chosen.sizes[d];
    space.chosen(dim) = own[d];
    ++whole;
  }
  for (std::size_t i = 0; i < common_rank; ++i) space.sizes[position + i] = common[i];
  space.rank = chosen.rank - indexed + common_rank;
  for (std::uint32_t d = 0, n = 0; d < indices.count; ++d) {
    if (indices[d].data == nullptr) continue;
    std::int32_t steps[max_rank] = {};
    strides_of(indices[d], steps);
    const std::size_t shift = position + common_rank - indices[d].rank;
    for (std::size_t i = 0; i < indices[d].rank; ++i)
      space.index(n, shift + i) = indices[d].sizes[i] == 1 ? 0 : steps[i];
    ++n;
  }
}

// gather and scatter: `even` (walked with its own strides) and `chosen` are like `index`, but for the coordinate along
// dim, which is the index's number.
inline void describe_along(IndexedWalk& walk, IndexedSpace& space, Check& check, std::int64_t given_dim,
                           const Tensor& index, const Tensor* even, const Tensor& chosen) {
  const std::size_t dim = check.dimension("dim", given_dim, chosen.rank);
  const auto rank_of = [](const Tensor& tensor) {
    return tensor.rank == 0 ? 1 : static_cast<std::int64_t>(tensor.rank);
  };
  check.equal("index", "'s rank", rank_of(index), rank_of(chosen));
  if (even != nullptr) check.equal("src", "'s rank", rank_of(*even), rank_of(chosen));
  for (std::size_t i = 0; check.ok() && i < index.rank; ++i) {
    if (i != dim) check.range("index's size", index.sizes[i], 0, i < chosen.rank ? chosen.sizes[i] : 1);
    if (even != nullptr && i < even->rank) check.range("index's size", index.sizes[i], 0, even->sizes[i]);
  }
  std::int32_t own[max_rank] = {}, steps[max_rank] = {}, places[max_rank] = {};
  strides_of(chosen, own);
  strides_of(index, places);
  if (even != nullptr) strides_of(*even, steps);
  add_index(walk, check, index, chosen.rank == 0 ? 1 : chosen.sizes[dim], own[dim]);
  if (!check.ok()) return;
  space.rank = index.rank;
  for (std::size_t i = 0; i < index.rank; ++i) {
    space.sizes[i] = index.sizes[i];
    space.even(i) = steps[i];
    space.chosen(i) = i == dim ? 0 : own[i];
    space.index(0, i) = places[i];
  }
}

}  // namespace cortado::ops
