#include "ops/packed_conv2d/gather.h"

namespace cortado::ops {
namespace {

// `bytes` ≤ 16 of `count` ≥ 1 pixels, from `stride` bytes to `step` bytes apart.
inline void copy_apart(std::int8_t* to, std::int32_t step, const std::int8_t* from, std::int32_t stride,
                       std::int32_t bytes, std::int32_t count) {
  if (bytes >= packed_vector) {
    do simd::store(to, simd::load(from)), to += step, from += stride;
    while (--count > 0);
  } else {
    do simd::store_first(to, simd::load_first(from, bytes), bytes), to += step, from += stride;
    while (--count > 0);
  }
}

// Rows of taps that are bytes side by side, vector by vector. Of short ones a vector each, of which what is too much is
// overwritten by the next row's or is not counted; where they lead outside of the image, `room` has a row of it with
// zero points.
void gather_rows(const GatherArguments& a) {
  const Patches& patches = a.patches;
  const Rows& in = patches.in();
  const WindowShape &y = patches.args->parts->y, &x = patches.args->parts->x;
  const std::int32_t channels = in.channels(), row_bytes = x.kernel * channels, stride = x.stride * channels;
  const bool is_short = row_bytes <= packed_vector;
  const std::int32_t start = (a.x * x.stride - x.padding) * channels,
                     bytes = (a.count - 1) * stride + (is_short ? packed_vector : row_bytes);
  const std::int32_t begin = start < 0 ? -start : 0, left = in.row_elements() - start,
                     end = left < bytes ? left : bytes;
  const bool is_whole = begin == 0 && end == bytes;
  alignas(16) std::int8_t outside[packed_vector];
  simd::store(outside, simd::fill(patches.zero_point));
  if (!is_whole) fill_bytes(a.room, patches.zero_point, bytes);
  const std::int32_t rows_end = begin < end ? in.rows() : 0;
  std::int8_t* to = a.patch;
  std::int32_t row = a.y * y.stride - y.padding, patch_left = patches.step, i = a.rows;
  do {
    const std::int8_t* from = outside;
    std::int32_t from_stride = 0, next = 0;
    if (row >= 0 && row < rows_end) {
      from = in.row(row) + start;
      if (!is_whole) {
        copy_bytes(a.room + begin, from + begin, end - begin);
        from = a.room;
      }
      from_stride = stride, next = packed_vector;
    }
    if (is_short) {
      copy_apart(to, patches.step, from, from_stride, patch_left, a.count);
      to += row_bytes;
    } else {
      std::int32_t row_left = row_bytes;
      do {
        copy_apart(to, patches.step, from, from_stride, row_left, a.count);
        to += row_left < packed_vector ? row_left : packed_vector;
        from += next;
      } while ((row_left -= packed_vector) > 0);
    }
    row += y.dilation, patch_left -= row_bytes;
  } while (--i > 0);
}

// Of any windows.
class WindowGatherer {
 public:
  explicit WindowGatherer(const GatherArguments& a)
      : patches_(a.patches),
        y_(patches_.args->y()),
        x_(patches_.args->x()),
        channels_(patches_.in().channels()),
        rows_(taps_of(y_, a.y)),
        lines_(patches_.in(), y_, a.y, rows_) {
    const bool whole = rows_.first == 0 && rows_.last == y_.kernel && x_.dilation == 1;
    if (whole) inner_ = interior_of(x_);
  }

  void gather(std::int32_t x, std::int32_t count, std::int8_t* patch) const {
    const std::int32_t end = x + count;
    while (x < end) {
      const std::int32_t inner_end = inner_.end < end ? inner_.end : end;
      const bool is_inner = x >= inner_.begin && x < inner_end;
      const std::int32_t next = is_inner ? inner_end : x + 1;
      if (is_inner)
        gather_inner(x, next - x, patch);
      else
        gather_one(x, patch);
      patch += (next - x) * patches_.step;
      x = next;
    }
  }

 private:
  // Whose taps are all there, side by side in their rows: vector by vector of all patches.
  void gather_inner(std::int32_t x, std::int32_t count, std::int8_t* patch) const {
    const std::int32_t row_bytes = x_.kernel * channels_;
    for (std::int32_t i = 0; i < y_.kernel; ++i, patch += row_bytes)
      for (std::int32_t at = 0; at < row_bytes; at += packed_vector) {
        const std::int32_t bytes = row_bytes - at < packed_vector ? row_bytes - at : packed_vector;
        copy_apart(patch + at, patches_.step, lines_[i] + x_.start(x) * channels_ + at, x_.stride * channels_, bytes,
                   count);
      }
  }

  // With the zero point where there is no input.
  void gather_one(std::int32_t x, std::int8_t* patch) const {
    const Taps columns = taps_of(x_, x);
    const std::int32_t channels = channels_, row_bytes = x_.kernel * channels;
    const bool whole = rows_.first == 0 && rows_.last == y_.kernel && columns.first == 0 && columns.last == x_.kernel;
    if (!whole) fill_bytes(patch, patches_.zero_point, patches_.depth);
    if (columns.first >= columns.last) return;
    const std::int32_t column = x_.start(x) + columns.first * x_.dilation;
    patch += rows_.first * row_bytes;
    for (std::int32_t i = rows_.first; i < rows_.last; ++i, patch += row_bytes) {
      const std::int8_t* from = lines_[i] + column * channels;
      std::int8_t* to = patch + columns.first * channels;
      if (x_.dilation == 1) {
        copy_bytes(to, from, (columns.last - columns.first) * channels);
        continue;
      }
      for (std::int32_t j = columns.first; j < columns.last; ++j, from += x_.dilation * channels, to += channels)
        copy_bytes(to, from, channels);
    }
  }

  const Patches& patches_;
  const Window y_, x_;
  const std::int32_t channels_;
  const Taps rows_;
  const RingLines lines_;
  Interior inner_;
};

}  // namespace

extern "C" {
void cortado_gather_rows(const void* arguments) { gather_rows(*static_cast<const GatherArguments*>(arguments)); }
void cortado_gather_windows(const void* arguments) {
  const auto& a = *static_cast<const GatherArguments*>(arguments);
  WindowGatherer(a).gather(a.x, a.count, a.patch);
}
}

}  // namespace cortado::ops
