// Sliding windows over up to three spatial dimensions, as pooling has them. Host.
#pragma once

#include <array>

#include "ops/host/build.h"

namespace cortado::ops {

// A pooling's geometry; dimensions that the operator does not have are of size 1. The input is [planes, in…].
struct Windows {
  ir::Shape leading;  // batch and channels
  std::int64_t planes = 1;
  std::size_t spatial = 2;  // how many of the three, the last ones
  std::array<std::int64_t, 3> in{1, 1, 1}, out{1, 1, 1}, kernel{1, 1, 1}, stride{1, 1, 1}, padding{0, 0, 0},
      dilation{1, 1, 1};

  ir::Shape result_shape() const;
  std::int64_t plane_size() const { return in[0] * in[1] * in[2]; }
};

// From the arguments kernel_size, stride (default: kernel_size), padding, dilation (where there is one) and ceil_mode,
// for the first argument with `spatial` spatial dimensions, batched or not.
Result<Windows> windows(const Operands& operands, std::size_t spatial);

// The windows of an adaptive pooling to `output_size`: window i of n covers ⌊i·in/n⌋ … ⌈(i + 1)·in/n⌉.
Result<Windows> adaptive_windows(const Operands& operands, std::size_t spatial);
struct Span {
  std::int64_t begin, end;
};
inline Span adaptive_span(std::int64_t index, std::int64_t in, std::int64_t out) {
  return {index * in / out, ((index + 1) * in + out - 1) / out};
}

// The size, and step, of the windows of an adaptive pooling that are all alike, over the last `spatial` dimensions;
// empty where they differ.
inline std::vector<std::int64_t> even_windows(const ir::Shape& in, const ir::Shape& out, std::size_t spatial) {
  std::vector<std::int64_t> window;
  for (std::size_t i = in.size() - spatial; i < in.size(); ++i) {
    if (out[i] < 1 || in[i] % out[i] != 0) return {};
    window.push_back(in[i] / out[i]);
  }
  return window;
}

// f(output index, spans of the input in the three dimensions) for every output of one plane.
template <class F>
void for_each_adaptive_window(const Windows& w, F f) {
  std::int64_t at = 0;
  for (std::int64_t i = 0; i < w.out[0]; ++i)
    for (std::int64_t j = 0; j < w.out[1]; ++j)
      for (std::int64_t k = 0; k < w.out[2]; ++k)
        f(at++, std::array<Span, 3>{adaptive_span(i, w.in[0], w.out[0]), adaptive_span(j, w.in[1], w.out[1]),
                                    adaptive_span(k, w.in[2], w.out[2])});
}

// f(output index, first input positions, which may lie in the padding) for every output of one plane.
template <class F>
void for_each_window(const Windows& w, F f) {
  std::int64_t at = 0;
  for (std::int64_t i = 0; i < w.out[0]; ++i)
    for (std::int64_t j = 0; j < w.out[1]; ++j)
      for (std::int64_t k = 0; k < w.out[2]; ++k)
        f(at++, std::array<std::int64_t, 3>{i * w.stride[0] - w.padding[0], j * w.stride[1] - w.padding[1],
                                            k * w.stride[2] - w.padding[2]});
}

}  // namespace cortado::ops
