// What convolutions with packed weights multiply: patches of K = kernel rows × columns × channels bytes, 16 at a time.
// Host and target, C++17.
//
// Patches are whole vectors where they can be: those that are gathered have zeros behind them.
// Others (rows of K = 24, say, or of too many bytes to be gathered) are read from their last 16 bytes, then bytes 0 … 15,
// 16 … 31 and so on; where vectors overlap, the first one's weights are 0. So nothing behind a patch is read.
#pragma once

#include "ops/lines.h"
#include "simd/vec.h"

namespace cortado::ops {

constexpr std::int32_t packed_vector = 16;
constexpr std::int32_t packed_group = 4;           // outputs
constexpr std::int32_t max_patches_bytes = 2304;   // of patches that are gathered first, on the stack

// Vectors of a patch behind the first one, and where they begin.
constexpr std::int32_t packed_blocks(std::int32_t step) { return (step - 1) / packed_vector; }
constexpr std::int32_t packed_first(std::int32_t step) { return step % packed_vector == 0 ? 0 : step - packed_vector; }
constexpr std::int32_t packed_second(std::int32_t step) { return step % packed_vector == 0 ? packed_vector : 0; }

struct Patches {
  const StageArguments* args;
  std::int32_t depth;      // K
  std::int32_t step;       // bytes from patch to patch, packed_step()
  std::int8_t zero_point;
  bool are_rows;           // patches lie one after the other in the input's rows as they are

  const Rows& in() const { return args->input[0]; }
};

// Whether a row of the input is taken as the patches of a row of the output: gathering what are no whole vectors pays, but
// for patches of up to `small` bytes.
template <class AnyWindow>  // Window or WindowShape
__attribute__((always_inline)) inline bool are_rows_patches(const AnyWindow& y, const AnyWindow& x, std::int32_t depth, std::int32_t small) {
  const auto is_plain = [](const AnyWindow& w) { return w.kernel == 1 && w.stride == 1 && w.padding == 0; };
  if (!is_plain(y) || !is_plain(x) || depth < packed_vector) return false;
  return depth % packed_vector == 0 || depth <= small || depth > max_patches_bytes;
}

constexpr std::int32_t packed_step(std::int32_t depth, bool are_rows) {
  return are_rows ? depth : (depth + packed_vector - 1) / packed_vector * packed_vector;
}

// Of arguments that check_patches has passed.
inline Patches patches_of(const StageArguments& args, std::int32_t zero_point, std::int32_t small) {
  const WindowShape &y = args.parts->y, &x = args.parts->x;
  const std::int32_t depth = y.kernel * x.kernel * args.input[0].channels();
  const bool are_rows = are_rows_patches(y, x, depth, small);
  return {&args, depth, packed_step(depth, are_rows), static_cast<std::int8_t>(zero_point), are_rows};
}

// Whether patches_of the arguments may be asked for: what they are goes to `patches`. `least`: of patches that must fit where
// they are gathered.
inline bool check_patches(StageCheck& check, const StageArguments& args, std::int32_t zero_point, std::int32_t small, std::int32_t least,
                          Patches& patches) {
  const WindowShape &y = args.parts->y, &x = args.parts->x;
  check.range("kernel rows", y.kernel, 1, max_stage_kernel_rows)
      .range("input_zero_point", zero_point, -128, 127)
      .that(std::int64_t{y.kernel} * x.kernel * args.input[0].channels() <= 1 << 24, "a patch has too many bytes");
  if (!check.ok()) return false;
  patches = patches_of(args, zero_point, small);
  if (patches.are_rows)
    return check.that(args.input[0].rows() == args.output.rows() && args.input[0].width() == args.output.width(), "patches are not rows").ok();
  return check.range("patch", patches.step, 1, max_patches_bytes / least).ok();
}

// `count` ≥ 1.
inline void copy_bytes(std::int8_t* to, const std::int8_t* from, std::int32_t count) {
  for (; count > packed_vector; count -= packed_vector, to += packed_vector, from += packed_vector)
    simd::store(to, simd::load(from));
  simd::store_first(to, simd::load_first(from, count), count);
}
inline void fill_bytes(std::int8_t* to, std::int8_t value, std::int32_t count) {
  for (; count > 0; count -= packed_vector, to += packed_vector) simd::store_first(to, simd::fill(value), count);
}

// `bytes` ≤ 16 of `count` ≥ 1 pixels, from `stride` bytes to `step` bytes apart.
inline void copy_apart(std::int8_t* to, std::int32_t step, const std::int8_t* from, std::int32_t stride, std::int32_t bytes,
                       std::int32_t count) {
  if (bytes == packed_vector)
    for (; count > 0; --count, to += step, from += stride) simd::store(to, simd::load(from));
  else
    for (; count > 0; --count, to += step, from += stride) simd::store_first(to, simd::load_first(from, bytes), bytes);
}

// Makes the patches of a row of the output.
class Gatherer {
 public:
  Gatherer(const Patches& patches, const Window& y, std::int32_t row)
      : patches_(patches), x_(patches.args->x()), channels_(patches.in().channels()), kernel_rows_(y.kernel), rows_(taps_of(y, row)),
        lines_(patches.in(), y, row, rows_) {
    const bool whole = rows_.first == 0 && rows_.last == kernel_rows_ && x_.dilation == 1;
    if (whole) inner_ = interior_of(x_);
  }

  // Those of columns x … x + count − 1, patches.step bytes apart.
  void gather(std::int32_t x, std::int32_t count, std::int8_t* patch) const {
    const std::int32_t end = x + count;
    while (x < end) {
      const std::int32_t inner_end = inner_.end < end ? inner_.end : end;
      const bool is_inner = x >= inner_.begin && x < inner_end;
      const std::int32_t next = is_inner ? inner_end : x + 1;
      if (is_inner) gather_inner(x, next - x, patch);
      else gather_one(x, patch);
      patch += (next - x) * patches_.step;
      x = next;
    }
  }

 private:
  // Whose taps are all there, side by side in their rows: vector by vector of all patches.
  void gather_inner(std::int32_t x, std::int32_t count, std::int8_t* patch) const {
    const std::int32_t row_bytes = x_.kernel * channels_, done = gather_three(x, count, patch);
    x += done, count -= done, patch += done * patches_.step;
    if (count == 0) return;
    for (std::int32_t i = 0; i < kernel_rows_; ++i, patch += row_bytes)
      for (std::int32_t at = 0; at < row_bytes; at += packed_vector) {
        const std::int32_t bytes = row_bytes - at < packed_vector ? row_bytes - at : packed_vector;
        copy_apart(patch + at, patches_.step, lines_[i] + x_.start(x) * channels_ + at, x_.stride * channels_, bytes, count);
      }
  }

  // Of three rows of less than a vector, the first patches, as long as whole vectors lie in the input's rows; what is too
  // much is overwritten by what follows, is not counted, or lies in the vector behind the last patch. How many.
  std::int32_t gather_three(std::int32_t x, std::int32_t count, std::int8_t* patch) const {
    const std::int32_t row_bytes = x_.kernel * channels_, stride = x_.stride * channels_, start = x_.start(x) * channels_;
    const std::int32_t left = patches_.in().width() * channels_ - start - packed_vector;
    if (kernel_rows_ != 3 || row_bytes >= packed_vector || left < 0) return 0;
    if (count > left / stride + 1) count = left / stride + 1;
    const std::int8_t *first = lines_[0] + start, *second = lines_[1] + start, *third = lines_[2] + start;
    for (std::int32_t i = count; i > 0; --i, first += stride, second += stride, third += stride, patch += patches_.step) {
      simd::store(patch, simd::load(first));
      simd::store(patch + row_bytes, simd::load(second));
      simd::store(patch + 2 * row_bytes, simd::load(third));
    }
    return count;
  }

  // With the zero point where there is no input.
  void gather_one(std::int32_t x, std::int8_t* patch) const {
    const Taps columns = taps_of(x_, x);
    const std::int32_t channels = channels_, row_bytes = x_.kernel * channels;
    const bool whole = rows_.first == 0 && rows_.last == kernel_rows_ && columns.first == 0 && columns.last == x_.kernel;
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
  const Window x_;
  const std::int32_t channels_, kernel_rows_;
  const Taps rows_;
  const RingLines lines_;
  Interior inner_;
};

// Calls run(x, count) for output columns x … x + count − 1, `most` at a time and all of a row in the end, at least `least` at
// a time where the row has as many: some twice, then.
template <class Run>
inline void for_columns(std::int32_t width, std::int32_t most, std::int32_t least, Run run) {
  for (std::int32_t x = 0; x < width; x += most) {
    if (width - x < least && width >= least) x = width - least;
    run(x, width - x < most ? width - x : most);
  }
}

// Calls run(x, count, patches) for the patches of output columns x … x + count − 1 of row `y`, as above.
template <class Run>
inline void for_patches(const Patches& patches, std::int32_t y, std::int32_t width, std::int32_t least, Run run) {
  if (patches.are_rows) return run(0, width, static_cast<const std::int8_t*>(patches.in().row(y)));
  alignas(16) std::int8_t gathered[max_patches_bytes + packed_vector];
  const Gatherer gatherer(patches, patches.args->y(), y);
  const std::int32_t fits = max_patches_bytes / patches.step, most = fits >= packed_group ? fits & -packed_group : fits;
  if (patches.step != patches.depth) fill_bytes(gathered, 0, (width < most ? width : most) * patches.step);
  for_columns(width, most, least, [&](std::int32_t x, std::int32_t count) {
    gatherer.gather(x, count, gathered);
    run(x, count, static_cast<const std::int8_t*>(gathered));
  });
}

// Calls run(x, count, patches of row y, patches of row y + 1) for columns as above. Of patches that fit `least` at a time of
// both rows.
template <class Run>
inline void for_patches_of_two(const Patches& patches, std::int32_t y, std::int32_t width, std::int32_t least, Run run) {
  const Rows& in = patches.in();
  if (patches.are_rows) return run(0, width, in.row<const std::int8_t>(y), in.row<const std::int8_t>(y + 1));
  alignas(16) std::int8_t gathered[max_patches_bytes + packed_vector];
  const Gatherer first(patches, patches.args->y(), y), second(patches, patches.args->y(), y + 1);
  const std::int32_t most = max_patches_bytes / (2 * patches.step) & -least;
  if (patches.step != patches.depth) fill_bytes(gathered, 0, 2 * most * patches.step);
  std::int8_t* const gathered_second = gathered + most * patches.step;
  for_columns(width, most, least, [&](std::int32_t x, std::int32_t count) {
    first.gather(x, count, gathered);
    second.gather(x, count, gathered_second);
    run(x, count, gathered, gathered_second);
  });
}

}  // namespace cortado::ops
