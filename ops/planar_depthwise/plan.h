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

struct PlanarDepthwise {
  Rows in, out;
  Window y, x;
  PackedOutput output;
  const std::int8_t* stream;
  std::int8_t input_zero_point;
};

inline PlanarDepthwise checked_planar_depthwise(Check& check, const StageArguments& args, const PlanarLimits& limits) {
  const Planes& planes = args.input[0].planes;
  check_counts(check, args, 1, PlanarNumber::count, 1);
  check_int8(check, args)
      .range("kernel rows", args.y.kernel, 1, limits.rows)
      .range("kernel columns", args.x.kernel, 1, limits.columns)
      .range("stride", args.x.stride, 1, planar_max_stride)
      .range("padding", args.x.padding, 0, planes.lead)
      .range("width", args.output.width, planar_quad, 1 << 16)
      .range("input_zero_point", args.numbers[PlanarNumber::input_zero_point], -128, 127)
      .equal("input", "'s slots", args.input[0].slots, limits.slots)
      .equal("output", "'s channels", args.output.channels, args.input[0].channels)
      .that(args.y.dilation == 1 && args.x.dilation == 1, "planes are read without dilation");
  PlanarDepthwise plan{args.input[0], args.output, args.y, args.x, {}, nullptr, 0};
  plan.output = checked_packed_output(check, args.numbers + PlanarNumber::form);
  if (!check.ok()) return plan;
  check.range("columns", (std::int64_t{planar_columns(limits, args.x)} + planes.lead) * limits.slots, 1, planes.bytes);
  plan.input_zero_point = static_cast<std::int8_t>(args.numbers[PlanarNumber::input_zero_point]);
  plan.stream =
      checked_constant<std::int8_t>(check, args, 0, std::int64_t{plan.out.channels} * limits.channel_bytes, "weights");
  return plan;
}

// Some of the row's taps do not exist: they read the zero point.
inline bool is_border_row(const PlanarDepthwise& plan, std::int32_t y) {
  const Taps taps = taps_of(plan.y, y);
  return taps.first > 0 || taps.last < plan.y.kernel;
}

// What the taps of an output row are in a ring of `slots` rows, the same for every column of a vector.
struct PlanarRows {
  simd::I8x16 present;  // −1 at taps whose rows exist, else 0
  simd::I8x16 order;    // slot → tap: offsets in a vector of taps
  std::int32_t rotation;  // slot of the first tap
  bool is_border;
};

inline PlanarRows planar_rows(const PlanarDepthwise& plan, std::int32_t y, std::int32_t slots) {
  const Taps taps = taps_of(plan.y, y);
  const std::int32_t first = plan.y.start(y) & (slots - 1);
  std::int8_t present[16], order[16];
  for (std::int32_t i = 0; i < 16; ++i) {
    const std::int32_t tap = i & (slots - 1);
    present[i] = tap >= taps.first && tap < taps.last ? std::int8_t{-1} : std::int8_t{0};
    order[i] = static_cast<std::int8_t>((i & -slots) + ((tap - first) & (slots - 1)));
  }
  return {simd::load(present), simd::load(order), first, is_border_row(plan, y)};
}

}  // namespace cortado::ops
