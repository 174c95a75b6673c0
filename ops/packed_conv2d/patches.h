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
  Rows in;
  Window y, x;
  std::int32_t depth = 0;  // K
  std::int32_t step = 0;   // bytes from patch to patch, packed_step()
  std::int8_t zero_point = 0;
  bool are_rows = false;   // patches lie one after the other in the input's rows as they are
};

// Whether a row of the input is taken as the patches of a row of the output: gathering what are no whole vectors pays, but
// for patches of up to `small` bytes.
inline bool are_rows_patches(const Window& y, const Window& x, std::int32_t depth, std::int32_t small) {
  const auto is_plain = [](const Window& w) { return w.kernel == 1 && w.stride == 1 && w.padding == 0; };
  if (!is_plain(y) || !is_plain(x) || depth < packed_vector) return false;
  return depth % packed_vector == 0 || depth <= small || depth > max_patches_bytes;
}

constexpr std::int32_t packed_step(std::int32_t depth, bool are_rows) {
  return are_rows ? depth : (depth + packed_vector - 1) / packed_vector * packed_vector;
}

inline Patches checked_patches(Check& check, const StageArguments& args, std::int32_t zero_point, std::int32_t small) {
  Patches patches{args.input[0], args.y, args.x};
  const std::int64_t depth = std::int64_t{args.y.kernel} * args.x.kernel * patches.in.channels;
  check.range("kernel rows", args.y.kernel, 1, max_stage_kernel_rows)
      .range("input_zero_point", zero_point, -128, 127)
      .range("patch", depth, 1, 1 << 24);
  if (!check.ok()) return patches;
  patches.depth = static_cast<std::int32_t>(depth);
  patches.zero_point = static_cast<std::int8_t>(zero_point);
  patches.are_rows = are_rows_patches(args.y, args.x, patches.depth, small);
  patches.step = packed_step(patches.depth, patches.are_rows);
  if (patches.are_rows) check.that(args.y.input == args.y.output && args.x.input == args.x.output, "patches are not rows");
  else check.range("patch", patches.step, 1, max_patches_bytes);
  return patches;
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

// Patches of columns x … x + count − 1 whose taps are all there, side by side in their rows: vector by vector of all patches.
inline void gather_inner(const Patches& patches, const RingLines& lines, std::int32_t x, std::int32_t count, std::int8_t* patch) {
  const std::int32_t channels = patches.in.channels, row_bytes = patches.x.kernel * channels;
  for (std::int32_t i = 0; i < patches.y.kernel; ++i, patch += row_bytes)
    for (std::int32_t at = 0; at < row_bytes; at += packed_vector) {
      const std::int32_t bytes = row_bytes - at < packed_vector ? row_bytes - at : packed_vector;
      copy_apart(patch + at, patches.step, lines[i] + patches.x.start(x) * channels + at, patches.x.stride * channels, bytes, count);
    }
}

// The patch of column `x`, with the zero point where there is no input.
inline void gather_patch(const Patches& patches, const RingLines& lines, Taps rows, std::int32_t x, std::int8_t* patch) {
  const Taps columns = taps_of(patches.x, x);
  const std::int32_t channels = patches.in.channels, row_bytes = patches.x.kernel * channels;
  const bool whole = rows.first == 0 && rows.last == patches.y.kernel && columns.first == 0 && columns.last == patches.x.kernel;
  if (!whole) fill_bytes(patch, patches.zero_point, patches.depth);
  if (columns.first >= columns.last) return;
  const std::int32_t column = patches.x.start(x) + columns.first * patches.x.dilation;
  patch += rows.first * row_bytes;
  for (std::int32_t i = rows.first; i < rows.last; ++i, patch += row_bytes) {
    const std::int8_t* from = lines[i] + column * channels;
    std::int8_t* to = patch + columns.first * channels;
    if (patches.x.dilation == 1) {
      copy_bytes(to, from, (columns.last - columns.first) * channels);
      continue;
    }
    for (std::int32_t j = columns.first; j < columns.last; ++j, from += patches.x.dilation * channels, to += channels)
      copy_bytes(to, from, channels);
  }
}

// Calls run(x, count, patches) for the patches of output columns x … x + count − 1, all of row `y` in the end, at least
// `least` at a time where the row has as many: some twice, then.
template <class Run>
inline void for_patches(const Patches& patches, std::int32_t y, std::int32_t width, std::int32_t least, Run run) {
  if (patches.are_rows) return run(0, width, static_cast<const std::int8_t*>(patches.in.row(y)));
  alignas(16) std::int8_t gathered[max_patches_bytes];
  const Taps rows = taps_of(patches.y, y);
  const RingLines lines(patches.in, patches.y, y, rows);
  const std::int32_t fits = max_patches_bytes / patches.step, most = fits >= packed_group ? fits & -packed_group : fits;
  if (patches.step != patches.depth) fill_bytes(gathered, 0, (width < most ? width : most) * patches.step);
  const bool whole = rows.first == 0 && rows.last == patches.y.kernel && patches.x.dilation == 1;
  const Interior inner = whole ? interior_of(patches.x) : Interior{};
  for (std::int32_t x = 0; x < width; x += most) {
    if (width - x < least && width >= least) x = width - least;
    const std::int32_t count = width - x < most ? width - x : most;
    for (std::int32_t i = 0; i < count;) {
      const std::int32_t end = (inner.end < x + count ? inner.end : x + count) - x;
      if (x + i >= inner.begin && i < end) {
        gather_inner(patches, lines, x + i, end - i, gathered + i * patches.step);
        i = end;
      } else {
        gather_patch(patches, lines, rows, x + i, gathered + i * patches.step);
        ++i;
      }
    }
    run(x, count, static_cast<const std::int8_t*>(gathered));
  }
}

}  // namespace cortado::ops
