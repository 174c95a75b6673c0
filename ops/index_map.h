// References of data movement: element by element, by what its index in the output says about its index in the input.
// Host and target, C++17.
#pragma once

#include <string.h>

#include "ops/cases.h"

namespace cortado::ops {

struct Index {
  std::int32_t at[max_rank] = {};
};

// Offset in elements of a logical index.
inline std::int64_t offset_of(const Tensor& tensor, const Index& index) {
  std::int32_t strides[max_rank] = {};
  strides_of(tensor, strides);
  std::int64_t offset = 0;
  for (std::size_t i = 0; i < tensor.rank; ++i) offset += std::int64_t{index.at[i]} * strides[i];
  return offset;
}

// Calls visit(index) for every logical index of a tensor, in logical order.
template <class Visit>
void for_each_logical_index(const Tensor& tensor, Visit visit) {
  for (std::size_t linear = 0; linear < tensor.elements(); ++linear) {
    Index index;
    std::size_t rest = linear;
    for (std::size_t dim = tensor.rank; dim-- > 0;) {
      index.at[dim] = static_cast<std::int32_t>(rest % static_cast<std::size_t>(tensor.sizes[dim]));
      rest /= static_cast<std::size_t>(tensor.sizes[dim]);
    }
    visit(index);
  }
}

inline void copy_element(const Tensor& to, std::int64_t to_offset, const Tensor& from, std::int64_t from_offset) {
  const std::size_t bytes = size_bytes(to.dtype);
  memcpy(to.as<std::uint8_t>() + static_cast<std::size_t>(to_offset) * bytes,
         from.as<std::uint8_t>() + static_cast<std::size_t>(from_offset) * bytes, bytes);
}

// out[index] = in[map(index)].
template <class Map>
void copy_by_index(const Tensor& in, const Tensor& out, Map map) {
  for_each_logical_index(
      out, [&](const Index& index) { copy_element(out, offset_of(out, index), in, offset_of(in, map(index))); });
}

inline std::size_t wrapped(std::int64_t dim, std::size_t rank) {
  return static_cast<std::size_t>(dim < 0 ? dim + static_cast<std::int64_t>(rank) : dim);
}

// --- random tensors of data movement

inline DType random_dtype(Random& random) {
  constexpr DType dtypes[] = {DType::i8, DType::i8, DType::i8, DType::f32, DType::i16, DType::i64, DType::boolean};
  return dtypes[random.between(0, 6)];
}

// A random permutation, half of the time the identity.
inline void random_order(Random& random, std::size_t rank, std::uint8_t (&order)[max_rank]) {
  for (std::size_t i = 0; i < rank; ++i) order[i] = static_cast<std::uint8_t>(i);
  if (random.chance(2)) return;
  for (std::size_t i = rank; i > 1; --i) {
    const auto j = static_cast<std::size_t>(random.between(0, static_cast<std::int32_t>(i) - 1));
    const std::uint8_t swapped = order[i - 1];
    order[i - 1] = order[j];
    order[j] = swapped;
  }
}

// A tensor of the given sizes in a random memory order.
inline Tensor ordered_tensor(CaseBuilder& builder, DType dtype, const std::int32_t* sizes, std::size_t rank,
                             bool is_output = false) {
  std::uint8_t order[max_rank] = {};
  random_order(builder.random, rank, order);
  return is_output ? builder.output(dtype, sizes, rank, order) : builder.tensor(dtype, sizes, rank, order);
}

// Sizes 1 … 6 (the last 1 … 20), and now and then 0.
inline void random_sizes(Random& random, std::size_t rank, std::int32_t (&sizes)[max_rank]) {
  for (std::size_t i = 0; i < rank; ++i) sizes[i] = random.between(1, i + 1 == rank ? 20 : 6);
  if (rank > 0 && random.chance(40)) sizes[random.between(0, static_cast<std::int32_t>(rank) - 1)] = 0;
}

inline std::size_t random_rank(Random& random, std::int32_t low, std::int32_t high) {
  return static_cast<std::size_t>(random.between(low, high));
}

// A dimension, negative half of the time.
inline std::int64_t random_dim(Random& random, std::size_t rank) {
  const auto count = static_cast<std::int32_t>(rank == 0 ? 1 : rank);
  return random.between(-count, count - 1);
}

}  // namespace cortado::ops
