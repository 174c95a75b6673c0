// What int8 pools have in common: the windows, and the walk over output pixels. Host and target, C++17.
#pragma once

#include "ops/image.h"
#include "ops/lines.h"

namespace cortado::ops {

struct Pool {
  Image in, out;
  Window y, x;
};

// Args: a contract with input, kernel_size, stride, padding, ceil_mode and out.
template <class Args>
Pool checked_pool(Check& check, const Args& args) {
  Pool pool;
  pool.in = checked_image(check, "input", args.input, Args::layout);
  pool.out = checked_image(check, "out", args.out, Args::layout);
  check.equal("kernel_size", "'s length", args.kernel_size.count, 2)
      .equal("stride", "'s length", args.stride.count, 2)
      .equal("padding", "'s length", args.padding.count, 2);
  if (!check.ok()) return pool;
  pool.y = checked_window(check, pool.in.height, pool.out.height, args.kernel_size[0], args.stride[0], args.padding[0],
                          1, args.ceil_mode);
  pool.x = checked_window(check, pool.in.width, pool.out.width, args.kernel_size[1], args.stride[1], args.padding[1], 1,
                          args.ceil_mode);
  check.equal("out", "'s batch", pool.out.batch, pool.in.batch)
      .equal("out", "'s channels", pool.out.channels, pool.in.channels);
  if (!check.ok()) return pool;
  // No window may be empty; those at the ends come nearest to it.
  const auto never_empty = [](const Window& window) {
    return window.padding < window.kernel && window.start(window.output - 1) < window.input;
  };
  check.that(never_empty(pool.y) && never_empty(pool.x), "padding must be less than kernel_size");
  return pool;
}

// Where one output pixel reads: rows of taps, columns side by side.
template <class Lines>
struct PoolPixel {
  const Lines& lines;
  std::int32_t first_row, rows, columns;
  std::int32_t offset;  // of the first column, in elements

  // Row i, 0 ≤ i < rows, from the first column's channel 0.
  const std::int8_t* row(std::int32_t i) const { return lines[first_row + i] + offset; }
};

// Calls run(pixel, out) for every output pixel of a row, in memory order.
template <class Lines, class Run>
void for_row_pixels(const Lines& lines, const Window& x, Taps rows, std::int32_t channels, std::int8_t* out, Run run) {
  for (std::int32_t column = 0; column < x.output; ++column, out += channels) {
    const Taps columns = taps_of(x, column);
    run(PoolPixel<Lines>{lines, rows.first, rows.last - rows.first, columns.last - columns.first,
                         (x.start(column) + columns.first) * channels},
        out);
  }
}

// The same for the whole of a pool.
template <class Run>
void for_each_pixel(const Pool& pool, Run run) {
  std::int8_t* out = pool.out.data;
  const std::int32_t channels = pool.in.channels, row_elements = pool.in.width * channels;
  for (std::int32_t n = 0; n < pool.out.batch; ++n) {
    const std::int8_t* image = pool.in.data + n * pool.in.pixels() * channels;
    for (std::int32_t y = 0; y < pool.out.height; ++y, out += pool.out.width * channels)
      for_row_pixels(ImageLines{image, pool.y.start(y), 1, row_elements}, pool.x, taps_of(pool.y, y), channels, out,
                     run);
  }
}

// --- as a stage

// Every window has at least one tap inside: those at the ends come nearest to having none. After check_counts.
inline void check_pool(StageCheck& check, const StageArguments& args) {
  const auto never_empty = [](const Window& window) {
    return window.padding < window.kernel && window.start(window.output - 1) < window.input;
  };
  const WindowShape &y = args.parts->y, &x = args.parts->x;
  check_int8(check, args)
      .range("kernel rows", y.kernel, 1, max_stage_kernel_rows)
      .range("kernel columns", x.kernel, 1, 1 << 14)
      .equal("dilation", y.dilation, 1)
      .equal("dilation", x.dilation, 1)
      .equal("output's channels", args.output.channels(), args.input[0].channels())
      .that(never_empty(args.y()) && never_empty(args.x()), "padding must be less than kernel_size");
}

template <class Run>
void run_pool_row(const StageArguments& args, std::int32_t y, Run run) {
  const Window window = args.y();
  const Taps rows = taps_of(window, y);
  for_row_pixels(RingLines(args.input[0], window, y, rows), args.x(), rows, args.output.channels(), args.output.row(y),
                 run);
}

// A random pool of a case; false when the window does not fit.
template <class Args>
bool make_pool_case(CaseBuilder& builder, Args& args) {
  Random& random = builder.random;
  std::int64_t kernel[2], stride[2], padding[2];
  std::int32_t in[2], out[2];
  for (int d = 0; d < 2; ++d) {
    kernel[d] = random.between(1, 5);
    stride[d] = random.between(1, 4);
    padding[d] = random.between(0, static_cast<std::int32_t>(kernel[d] / 2));
    in[d] = random.between(1, 10);
    Window window;
    window.input = in[d];
    window.kernel = static_cast<std::int32_t>(kernel[d]);
    window.stride = static_cast<std::int32_t>(stride[d]);
    window.padding = static_cast<std::int32_t>(padding[d]);
    out[d] = window_output(window, args.ceil_mode);
    if (out[d] < 1) return false;
  }
  const std::int32_t batch = random.chance(3) ? 2 : 1;
  const std::int32_t channels = random.between(1, random.chance(2) ? 40 : 4);
  args.input = image_case(builder, Args::layout, batch, in[0], in[1], channels);
  args.kernel_size = builder.list(kernel, 2);
  args.stride = builder.list(stride, 2);
  args.padding = builder.list(padding, 2);
  args.out = image_case(builder, Args::layout, batch, out[0], out[1], channels, true);
  return builder.fits();
}

}  // namespace cortado::ops
