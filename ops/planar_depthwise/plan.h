// What depthwise convolutions of planes have in common. Host and target, C++17.
#pragma once

#include "ops/packed_output.h"
#include "ops/stage.h"
#include "ops/window.h"

namespace cortado::ops {

constexpr std::int32_t planar_quad = 4;  // output columns computed at a time
constexpr std::int32_t planar_max_stride = 2;

struct PlanarNumber {
  enum : std::uint32_t { input_zero_point, form, activation_min, activation_max, count };
};

// Planes of `slots` rows, of kernels of up to `rows` × `columns` taps, channel_bytes of constant for every channel.
struct PlanarLimits {
  std::int32_t slots, rows, columns, channel_bytes;
};

// Columns from the image's first on that planes must have room for: what vectors read for the last window, whatever its
// kernel; the slack behind planes is for the rest of its last vector.
constexpr std::int32_t planar_columns(const PlanarLimits& limits, const Window& x) {
  const std::int32_t end = (x.output - 1) * x.stride - x.padding + limits.columns;
  return end > x.input ? end : x.input;
}

// The arguments as they are used.
struct PlanarDepthwise {
  const StageArguments& args;
  const Rows& in;
  const Rows& out;
  const PackedOutput& output;
  const std::int8_t* stream;
  std::int32_t channels, plane, width;  // plane: bytes of the input's; width: of the output

  explicit PlanarDepthwise(const StageArguments& arguments)
      : args(arguments), in(arguments.input[0]), out(arguments.output),
        output(packed_output(arguments.numbers() + PlanarNumber::form)), stream(arguments.constant(0)),
        channels(out.channels()), plane(in.planes().bytes), width(out.width()) {}

  Window y() const { return args.y(); }
  std::int32_t stride() const { return args.parts->x.stride; }
  std::int8_t zero_point() const { return static_cast<std::int8_t>(args.numbers()[PlanarNumber::input_zero_point]); }
  // Column 0's first tap of channel 0, slot 0.
  const std::int8_t* first_column() const { return in.column(-args.parts->x.padding); }
};

inline void check_planar_depthwise(const StageArguments& args, StageCheck& check, const PlanarLimits& limits) {
  if (!check_counts(check, args, 1, PlanarNumber::count, 1).ok()) return;
  const Rows &in = args.input[0], &out = args.output;
  const WindowShape &y = args.parts->y, &x = args.parts->x;
  check_int8(check, args)
      .range("kernel rows", y.kernel, 1, limits.rows)
      .range("kernel columns", x.kernel, 1, limits.columns)
      .range("stride", x.stride, 1, planar_max_stride)
      .range("padding", x.padding, 0, in.planes().lead)
      .range("width", out.width(), planar_quad, 1 << 16)
      .range("input_zero_point", args.numbers()[PlanarNumber::input_zero_point], -128, 127)
      .equal("input's slots", in.slots(), limits.slots)
      .equal("output's channels", out.channels(), in.channels())
      .that(y.dilation == 1 && x.dilation == 1, "planes are read without dilation");
  check_packed_output(check, args.numbers() + PlanarNumber::form);
  if (!check.ok()) return;
  check.range("columns", (planar_columns(limits, args.x()) + in.planes().lead) * limits.slots, 1, in.planes().bytes);
  check_constant<std::int8_t>(check, args, 0, std::int64_t{out.channels()} * limits.channel_bytes, "weights");
}

// Some of the row's taps do not exist: they read the zero point.
inline bool is_border_row(const PlanarDepthwise& plan, std::int32_t y) {
  const Window window = plan.y();
  const Taps taps = taps_of(window, y);
  return taps.first > 0 || taps.last < window.kernel;
}

// What the taps of an output row are in a ring of `slots` rows, the same for every column of a vector.
struct PlanarRows {
  simd::I8x16 present;  // −1 at taps whose rows exist, else 0
  simd::I8x16 order;    // slot → tap: offsets in a vector of taps
  std::int32_t rotation;  // slot of the first tap
  bool is_border;
};

inline PlanarRows planar_rows(const PlanarDepthwise& plan, std::int32_t y, std::int32_t slots) {
  const Window window = plan.y();
  const Taps taps = taps_of(window, y);
  const std::int32_t first = window.start(y) & (slots - 1);
  std::int8_t present[16], order[16];
  for (std::int32_t i = 0; i < 16; ++i) {
    const std::int32_t tap = i & (slots - 1);
    present[i] = tap >= taps.first && tap < taps.last ? std::int8_t{-1} : std::int8_t{0};
    order[i] = static_cast<std::int8_t>((i & -slots) + ((tap - first) & (slots - 1)));
  }
  return {simd::load(present), simd::load(order), first, taps.first > 0 || taps.last < window.kernel};
}

}  // namespace cortado::ops
