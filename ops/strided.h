// Loop nests over strided tensors: broadcasting, permuting, slicing and joining are all walks over one index space
// with a stride per tensor. Host and target, C++17.
#pragma once

#include "ops/contract.h"
#include "ops/fours.h"

namespace cortado::ops {

// Loops over an index space, outermost first, with the strides (in elements) of N tensors. Tensor 0 is the output.
template <std::size_t N>
struct Nest {
  std::uint8_t rank = 1;                  // at least 1
  std::int32_t size[max_rank] = {1};      // of the loops; one of them 0: nothing to do
  std::int32_t stride[N][max_rank] = {};  // 0 where a tensor is broadcast, negative where it runs backwards

  std::int32_t row_size() const { return size[rank - 1]; }
  std::int32_t row_stride(std::size_t tensor) const { return stride[tensor][rank - 1]; }
};

// The nest over `sizes` with as few loops as possible: dimensions of size 1 vanish, the others are sorted by the
// output's stride and merged where every tensor walks over both evenly.
template <std::size_t N>
Nest<N> make_nest(std::size_t rank, const std::int32_t* sizes, const std::int32_t (&strides)[N][max_rank]) {
  std::uint8_t order[max_rank];
  std::size_t kept = 0;
  Nest<N> nest;
  for (std::size_t dim = 0; dim < rank; ++dim) {
    if (sizes[dim] == 0) {
      nest.size[0] = 0;
      return nest;
    }
    if (sizes[dim] == 1) continue;
    std::size_t at = kept++;
    for (; at > 0 && strides[0][order[at - 1]] < strides[0][dim]; --at) order[at] = order[at - 1];
    order[at] = static_cast<std::uint8_t>(dim);
  }
  std::size_t loops = 0;
  for (std::size_t i = 0; i < kept; ++i) {
    const std::uint8_t dim = order[i];
    bool merges = loops > 0;
    for (std::size_t n = 0; merges && n < N; ++n) merges = nest.stride[n][loops - 1] == strides[n][dim] * sizes[dim];
    if (merges)
      nest.size[loops - 1] *= sizes[dim];
    else
      nest.size[loops++] = sizes[dim];
    for (std::size_t n = 0; n < N; ++n) nest.stride[n][loops - 1] = strides[n][dim];
  }
  if (loops > 0) nest.rank = static_cast<std::uint8_t>(loops);
  return nest;
}

// Calls row(offsets) for every innermost row, offsets being std::int32_t[N], in elements from the tensors' starts.
template <std::size_t N, class Row>
void for_each_row(const Nest<N>& nest, Row row) {
  std::int32_t index[max_rank] = {};
  std::int32_t offset[N] = {};
  if (nest.size[0] == 0) return;
  for (;;) {
    row(offset);
    std::size_t dim = nest.rank - 1u;
    for (;;) {
      if (dim == 0) return;
      --dim;
      for (std::size_t n = 0; n < N; ++n) offset[n] += nest.stride[n][dim];
      if (++index[dim] < nest.size[dim]) break;
      for (std::size_t n = 0; n < N; ++n) offset[n] -= nest.stride[n][dim] * nest.size[dim];
      index[dim] = 0;
    }
  }
}

// Whether `operand` broadcasts to the sizes of `out` as PyTorch has it: dimensions aligned at the end, equal or 1.
inline bool broadcasts_to(const Tensor& operand, const Tensor& out) {
  if (operand.rank > out.rank) return false;
  const std::size_t shift = out.rank - operand.rank;
  for (std::size_t i = 0; i < operand.rank; ++i)
    if (operand.sizes[i] != 1 && operand.sizes[i] != out.sizes[i + shift]) return false;
  return true;
}

// Strides of `operand` along the dimensions of `out`.
inline void broadcast_strides(const Tensor& operand, const Tensor& out, std::int32_t (&strides)[max_rank]) {
  std::int32_t own[max_rank] = {};
  strides_of(operand, own);
  const std::size_t shift = out.rank - operand.rank;
  for (std::size_t i = 0; i < out.rank; ++i)
    strides[i] = i < shift || operand.sizes[i - shift] == 1 ? 0 : own[i - shift];
}

// The nest of an elementwise operator on tensors that broadcast to `out`.
inline Nest<2> unary_nest(const Tensor& out, const Tensor& a) {
  std::int32_t strides[2][max_rank] = {};
  broadcast_strides(out, out, strides[0]);
  broadcast_strides(a, out, strides[1]);
  return make_nest(out.rank, out.sizes, strides);
}
inline Nest<3> binary_nest(const Tensor& out, const Tensor& a, const Tensor& b) {
  std::int32_t strides[3][max_rank] = {};
  broadcast_strides(out, out, strides[0]);
  broadcast_strides(a, out, strides[1]);
  broadcast_strides(b, out, strides[2]);
  return make_nest(out.rank, out.sizes, strides);
}

// out[i] = f(a[i]) over the nest. The innermost loop is over contiguous memory wherever the tensors are.
template <class Out, class A, class F>
void map_unary(const Nest<2>& nest, Out* out, const A* a, F f) {
  const std::int32_t count = nest.row_size(), out_step = nest.row_stride(0), a_step = nest.row_stride(1);
  for_each_row(nest, [&](const std::int32_t* offset) {
    Out* to = out + offset[0];
    const A* from = a + offset[1];
    if (out_step == 1 && a_step == 1)
      for (std::int32_t i = 0; i < count; ++i) to[i] = f(from[i]);
    else
      for (std::int32_t i = 0; i < count; ++i) to[i * out_step] = f(from[i * a_step]);
  });
}

// out[i] = f(a[i], b[i]) over the nest.
template <class Out, class A, class B, class F>
void map_binary(const Nest<3>& nest, Out* out, const A* a, const B* b, F f) {
  const std::int32_t count = nest.row_size(), out_step = nest.row_stride(0);
  const std::int32_t a_step = nest.row_stride(1), b_step = nest.row_stride(2);
  for_each_row(nest, [&](const std::int32_t* offset) {
    Out* to = out + offset[0];
    const A* x = a + offset[1];
    const B* y = b + offset[2];
    if (out_step == 1 && a_step == 1 && b_step == 1) {
      for_all(f, x, y, count, to);
    } else if (out_step == 1 && a_step == 1 && b_step == 0) {
      const B constant = *y;
      for (std::int32_t i = 0; i < count; ++i) to[i] = f(x[i], constant);
    } else {
      for (std::int32_t i = 0; i < count; ++i) to[i * out_step] = f(x[i * a_step], y[i * b_step]);
    }
  });
}

// For references: the offset (in elements) of every element of `out` in logical order, found from its index alone.
// visit(out_offset, offsets) with offsets[n] that of operands[n], broadcast.
template <std::size_t N, class Visit>
void for_each_index(const Tensor& out, const Tensor* const (&operands)[N], Visit visit) {
  std::int32_t out_strides[max_rank] = {};
  std::int32_t strides[N][max_rank] = {};
  strides_of(out, out_strides);
  for (std::size_t n = 0; n < N; ++n) broadcast_strides(*operands[n], out, strides[n]);
  for (std::size_t linear = 0; linear < out.elements(); ++linear) {
    std::size_t rest = linear;
    std::int32_t at = 0;
    std::int32_t offsets[N] = {};
    for (std::size_t dim = out.rank; dim-- > 0;) {
      const auto index = static_cast<std::int32_t>(rest % static_cast<std::size_t>(out.sizes[dim]));
      rest /= static_cast<std::size_t>(out.sizes[dim]);
      at += index * out_strides[dim];
      for (std::size_t n = 0; n < N; ++n) offsets[n] += index * strides[n][dim];
    }
    visit(at, offsets);
  }
}

}  // namespace cortado::ops
