// Elementwise loops over operands that broadcast against each other. Host.
#pragma once

#include <array>
#include <vector>

#include "ir/tensor.h"
#include "support/result.h"

namespace cortado::ops {

// The common shape by PyTorch's rule (sizes from the right; 1 stretches), or an input error that shows both.
Result<ir::Shape> broadcast_shapes(const ir::Shape& a, const ir::Shape& b);

// Strides in elements with which a tensor of `from` is read over `to`, 0 along stretched dimensions.
std::vector<std::int64_t> broadcast_strides(const ir::Shape& from, const ir::Shape& to);

// The loop nest over a result and N operands, with neighbouring dimensions merged where all operands allow it. The
// innermost dimension is last.
template <std::size_t N>
struct BroadcastLoop {
  ir::Shape sizes;
  std::vector<std::array<std::int64_t, N>> strides;

  BroadcastLoop(const ir::Shape& result, const std::array<ir::Shape, N>& shapes) {
    std::array<std::vector<std::int64_t>, N> all;
    for (std::size_t i = 0; i < N; ++i) all[i] = broadcast_strides(shapes[i], result);
    for (std::size_t d = 0; d < result.size(); ++d) {
      if (result[d] == 1) continue;
      std::array<std::int64_t, N> stride{};
      for (std::size_t i = 0; i < N; ++i) stride[i] = all[i][d];
      bool merges = !sizes.empty();
      for (std::size_t i = 0; merges && i < N; ++i) merges = strides.back()[i] == stride[i] * result[d];
      if (merges) {
        sizes.back() *= result[d];
        strides.back() = stride;
      } else {
        sizes.push_back(result[d]);
        strides.push_back(stride);
      }
    }
    if (sizes.empty()) {
      sizes = {1};
      strides = {std::array<std::int64_t, N>{}};
    }
  }

  // f(offset of the result, offsets of the operands, count, strides): `count` neighbouring results.
  template <class F>
  void run(F f) const {
    const std::size_t inner = sizes.size() - 1;
    const std::int64_t total = ir::element_count(sizes);
    std::vector<std::int64_t> index(sizes.size(), 0);
    std::array<std::int64_t, N> offsets{};
    for (std::int64_t at = 0; at < total; at += sizes[inner]) {
      f(at, offsets, sizes[inner], strides[inner]);
      for (std::size_t d = inner; d-- > 0;) {
        for (std::size_t i = 0; i < N; ++i) offsets[i] += strides[d][i];
        if (++index[d] < sizes[d]) break;
        for (std::size_t i = 0; i < N; ++i) offsets[i] -= strides[d][i] * sizes[d];
        index[d] = 0;
      }
    }
  }
};

// result[i] = f(a[i]…) over the broadcast of all operands, whose elements are T. R is the C++ type of `dtype`.
template <class R, class T, class F, class... Tensors>
ir::Tensor map(DType dtype, const ir::Shape& shape, F f, const Tensors&... tensors) {
  constexpr std::size_t count = sizeof...(Tensors);
  ir::Tensor result(dtype, shape);
  R* to = result.template mutable_data<R>();
  const std::array<const T*, count> from = {tensors.template data<T>()...};
  const BroadcastLoop<count> loop(shape, {tensors.shape()...});
  loop.run([&](std::int64_t at, const std::array<std::int64_t, count>& offsets, std::int64_t n,
               const std::array<std::int64_t, count>& strides) {
    const auto run = [&]<std::size_t... I>(std::index_sequence<I...>) {
      for (std::int64_t i = 0; i < n; ++i) to[at + i] = static_cast<R>(f(from[I][offsets[I] + i * strides[I]]...));
    };
    const auto run_dense = [&]<std::size_t... I>(std::index_sequence<I...>) {
      for (std::int64_t i = 0; i < n; ++i) to[at + i] = static_cast<R>(f(from[I][offsets[I] + i]...));
    };
    bool dense = true;
    for (std::int64_t stride : strides) dense = dense && stride == 1;
    if (dense)
      run_dense(std::make_index_sequence<count>{});
    else
      run(std::make_index_sequence<count>{});
  });
  return result;
}

}  // namespace cortado::ops
