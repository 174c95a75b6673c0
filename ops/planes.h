// The walk over the planes of images [C, H, W] or [N, C, H, W], in any memory order: pools, resampling. Host and
// target, C++17.
#pragma once

#include "ops/checks.h"
#include "ops/window.h"

namespace cortado::ops {

// The inputs of a pool's window along an axis: count of them, `step` apart; `size`: with the padding that counts.
struct Run {
  std::int32_t first, count, step, size;
};

struct PlaneAxis : Window {
  std::int32_t in_stride = 0, out_stride = 0, place_stride = 0;
  bool is_adaptive = false;

  Run run(std::int32_t o) const {
    if (is_adaptive) {
      const auto first = static_cast<std::int32_t>(std::int64_t{o} * input / output);
      const auto last = static_cast<std::int32_t>((std::int64_t{o + 1} * input + output - 1) / output);
      return {first, last - first, 1, last - first};
    }
    const Taps taps = taps_of(*this, o);
    const std::int32_t begin = start(o), end = begin + kernel, limit = input + padding;
    return {begin + taps.first * dilation, taps.last > taps.first ? taps.last - taps.first : 0, dilation,
            (end < limit ? end : limit) - begin};
  }
};

struct PlaneShape {
  std::int32_t batch, channels;
  std::int32_t in_strides[2], out_strides[2], place_strides[2];  // of batch and channels
  PlaneAxis y, x;
};

// Sizes and strides; `places`: null or the tensor of places. The windows are the caller's.
inline void set_planes(Check& check, const Tensor& in, const Tensor& out, const Tensor* places, PlaneShape& planes) {
  check.range("self rank", in.rank, 3, 4).rank("out", out, in.rank);
  if (places != nullptr)
    check.dtype("indices", *places, DType::i64).that(same_sizes(out, *places), "indices must have the sizes of out");
  if (!check.ok()) return;
  std::int32_t in_strides[max_rank], out_strides[max_rank], place_strides[max_rank] = {};
  strides_of(in, in_strides);
  strides_of(out, out_strides);
  if (places != nullptr) strides_of(*places, place_strides);
  const std::size_t c = in.rank - 3u;
  check.equal("out", "'s channels", out.size(c), in.size(c));
  if (c == 1) check.equal("out", "'s batch", out.size(0), in.size(0));
  planes.batch = c == 1 ? in.size(0) : 1;
  planes.channels = in.size(c);
  for (std::size_t i = 0; i < 2; ++i) {
    const bool is_there = i == 1 || c == 1;
    const std::size_t dim = i == 1 ? c : 0;
    planes.in_strides[i] = is_there ? in_strides[dim] : 0;
    planes.out_strides[i] = is_there ? out_strides[dim] : 0;
    planes.place_strides[i] = is_there ? place_strides[dim] : 0;
  }
  PlaneAxis* const axes[] = {&planes.y, &planes.x};
  for (std::size_t i = 0; i < 2; ++i) {
    axes[i]->input = in.size(c + 1 + i);
    axes[i]->output = out.size(c + 1 + i);
    axes[i]->in_stride = in_strides[c + 1 + i];
    axes[i]->out_stride = out_strides[c + 1 + i];
    axes[i]->place_stride = place_strides[c + 1 + i];
  }
}

// Calls visit(offset of the plane in the input, y, x, offset in out, offset in places) for every output.
template <class Visit>
void for_each_output(const PlaneShape& planes, Visit visit) {
  for (std::int32_t n = 0; n < planes.batch; ++n)
    for (std::int32_t c = 0; c < planes.channels; ++c) {
      const std::int32_t in = n * planes.in_strides[0] + c * planes.in_strides[1];
      const std::int32_t out = n * planes.out_strides[0] + c * planes.out_strides[1];
      const std::int32_t place = n * planes.place_strides[0] + c * planes.place_strides[1];
      for (std::int32_t y = 0; y < planes.y.output; ++y)
        for (std::int32_t x = 0; x < planes.x.output; ++x)
          visit(in, y, x, out + y * planes.y.out_stride + x * planes.x.out_stride,
                place + y * planes.y.place_stride + x * planes.x.place_stride);
    }
}

}  // namespace cortado::ops
