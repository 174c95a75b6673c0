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
      : args(arguments),
        in(arguments.input[0]),
        out(arguments.output),
        output(packed_output(arguments.numbers() + PlanarNumber::form)),
        stream(arguments.constant(0)),
        channels(out.channels()),
        plane(in.planes().bytes),
        width(out.width()) {}

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

// The slot of the first tap of row `y`, and for each of 16 bytes of a ring's columns its tap's place in a column of as
// many taps.
inline std::int32_t first_slot(const PlanarDepthwise& plan, std::int32_t y, std::int32_t slots) {
  return plan.y().start(y) & (slots - 1);
}
inline simd::I8x16 slot_order(std::int32_t first, std::int32_t slots) {
  std::int8_t order[16];
  for (std::int32_t i = 0; i < 16; ++i) order[i] = static_cast<std::int8_t>((i & -slots) + ((i - first) & (slots - 1)));
  return simd::load(order);
}

}  // namespace cortado::ops
