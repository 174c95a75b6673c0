// Patches of the rows of an output, gathered a few columns at a time where they do not lie in the input as they are.
// Host and target, C++17.
#pragma once

#include "ops/loops.h"
#include "ops/packed_conv2d/patches.h"

namespace cortado::ops {

struct GatherArguments {
  const Patches& patches;
  std::int32_t y;         // row of the output
  std::int32_t rows;      // of taps; for gather_windows the window's
  std::int32_t x, count;  // columns of the output
  std::int8_t* patch;     // of the first one; the others follow, patches.step bytes apart
  std::int8_t* room;      // of gather_rows: for a row of the input as far as the columns read it, and 16 bytes more
};

inline bool has_short_rows(const Patches& patches) {
  return patches.args->parts->x.kernel * patches.in().channels() <= packed_vector;
}

// Whether a window's rows are bytes side by side, for gather_rows: no more than a vector, with room for a row of the
// input beside four patches of two rows, or without columns outside of the image.
inline bool are_row_patches(const Patches& patches) {
  const WindowShape& x = patches.args->parts->x;
  constexpr std::int32_t max_columns = 1 << 20;  // of the input
  const std::int32_t channels = patches.in().channels(), width = patches.args->output.width();
  if (x.dilation != 1 || width > max_columns / x.stride) return false;
  if (has_short_rows(patches))
    return packed_group * (2 * patches.step + x.stride * channels) <= max_patches_bytes - packed_vector;
  return x.padding == 0 && (width - 1) * x.stride + x.kernel <= patches.in().width();
}

constexpr LoopId gather_loop(bool are_rows) { return are_rows ? LoopId::gather_rows : LoopId::gather_windows; }

// `least`: of patches that must fit where they are gathered.
CORTADO_RARELY_RUN inline bool check_gather(StageCheck& check, const Patches& patches, std::int32_t least) {
  if (check.range("patch", patches.step, 1, max_patches_bytes / least).ok())
    check_loop(check, find_loop(gather_loop(are_row_patches(patches))));
  return check.ok();
}

// Whether patches_of the arguments may be asked for: what they are goes to `patches`. `least`: of patches that must fit
// where they are gathered.
inline bool check_patches(StageCheck& check, const StageArguments& args, std::int32_t zero_point, std::int32_t small,
                          std::int32_t least, Patches& patches) {
  const WindowShape &y = args.parts->y, &x = args.parts->x;
  check.range("kernel rows", y.kernel, 1, max_stage_kernel_rows)
      .range("input_zero_point", zero_point, -128, 127)
      .that(std::uint64_t{static_cast<std::uint32_t>(y.kernel * x.kernel)} *
                    static_cast<std::uint32_t>(args.input[0].channels()) <=
                1 << 24,
            "a patch has too many bytes");
  if (!check.ok()) return false;
  patches = patches_of(args, zero_point, small);
  if (patches.are_rows)
    return check
        .that(args.input[0].rows() == args.output.rows() && args.input[0].width() == args.output.width(),
              "patches are not rows")
        .ok();
  return check_gather(check, patches, least);
}

// How far behind the patches of a row of the output those of the next one lie, when they are gathered with so many more
// rows of taps; 0: they do not.
inline std::int32_t next_patches(const Patches& patches) {
  const WindowShape &y = patches.args->parts->y, &x = patches.args->parts->x;
  if (!are_row_patches(patches) || !has_short_rows(patches) || y.dilation != 1 || y.stride > packed_vector) return 0;
  const std::int32_t bytes = y.stride * x.kernel * patches.in().channels();
  return patches.depth + bytes <= patches.step ? bytes : 0;
}

// Gathers the patches of an output's row, or of two: of `rows` patches a column.
class Gatherer {
 public:
  Gatherer(const Patches& patches, std::int32_t rows)
      : patches_(patches), loop_(find_loop(gather_loop(are_row_patches(patches)))) {
    const std::int32_t channels = patches.in().channels(), column = rows * patches.step;
    const WindowShape& x = patches.args->parts->x;
    const bool is_short = has_short_rows(patches) && are_row_patches(patches);
    const std::int32_t fits =
        is_short ? (max_patches_bytes - packed_vector) / (column + x.stride * channels) : max_patches_bytes / column;
    most_ = fits >= packed_group ? fits & -packed_group : fits;
    // What is read behind patches is defined, whatever it is: weights there are 0.
    if (patches.step - patches.depth > (is_short ? packed_vector - x.kernel * channels : 0))
      fill_bytes(gathered_, 0, most_ * column);
  }

  // Columns at a time: a multiple of 4 where as many fit.
  std::int32_t most() const { return most_; }
  std::int8_t* first() { return gathered_; }
  std::int8_t* second() { return gathered_ + most_ * patches_.step; }

  // Columns x … x + count − 1 of row `y`, with `more` rows of taps than a window has.
  __attribute__((noinline)) void gather(std::int32_t y, std::int32_t x, std::int32_t count, std::int8_t* patch,
                                        std::int32_t rows, std::int32_t more = 0) {
    const GatherArguments arguments = {patches_, y,     patches_.args->parts->y.kernel + more,   x,
                                       count,    patch, gathered_ + most_ * rows * patches_.step};
    loop_(&arguments);
  }

 private:
  const Patches& patches_;
  const Loop loop_;
  std::int32_t most_;
  alignas(16) std::int8_t gathered_[max_patches_bytes];
};

// Calls run(x, count, patches) for the patches of output columns x … x + count − 1 of row `y`, as for_columns does,
// with less than `least` where no more fit.
template <class Run>
inline void for_patches(const Patches& patches, std::int32_t y, std::int32_t width, std::int32_t least, Run run) {
  if (patches.are_rows) return run(0, width, static_cast<const std::int8_t*>(patches.in().row(y)));
  Gatherer gatherer(patches, 1);
  const std::int32_t most = gatherer.most();
  for_columns(width, most, least < most ? least : most, [&](std::int32_t x, std::int32_t count) {
    gatherer.gather(y, x, count, gatherer.first(), 1);
    run(x, count, static_cast<const std::int8_t*>(gatherer.first()));
  });
}

// Calls run(x, count, patches of row y, patches of row y + 1) for columns as above. Of patches that fit `least` at a
// time of both rows.
template <class Run>
inline void for_patches_of_two(const Patches& patches, std::int32_t y, std::int32_t width, std::int32_t least,
                               Run run) {
  const Rows& in = patches.in();
  if (patches.are_rows) return run(0, width, in.row<const std::int8_t>(y), in.row<const std::int8_t>(y + 1));
  const std::int32_t next = next_patches(patches), rows = next == 0 ? 2 : 1;
  Gatherer gatherer(patches, rows);
  std::int8_t* const second = next == 0 ? gatherer.second() : gatherer.first() + next;
  for_columns(width, gatherer.most(), least, [&](std::int32_t x, std::int32_t count) {
    gatherer.gather(y, x, count, gatherer.first(), rows, next == 0 ? 0 : patches.args->parts->y.stride);
    if (next == 0) gatherer.gather(y + 1, x, count, second, rows);
    run(x, count, static_cast<const std::int8_t*>(gatherer.first()), static_cast<const std::int8_t*>(second));
  });
}

}  // namespace cortado::ops
