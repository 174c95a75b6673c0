#include "ops/conv_transpose2d/stage.h"

#include "ops/channel_factors.h"
#include "ops/dot.h"
#include "ops/lines.h"
#include "simd/vec.h"

namespace cortado::ops {
namespace {

using Number = ConvTranspose2dStage;

void check_arguments(const StageArguments& args, StageCheck& check) {
  if (!check_counts(check, args, 1, Number::count, Number::constants).ok()) return;
  const std::int64_t outputs = args.output.channels();
  const std::int64_t taps = std::int64_t{args.parts->y.kernel} * args.parts->x.kernel;
  check_int8(check, args).range("kernel rows", args.parts->y.kernel, 1, max_stage_kernel_rows);
  check_constant<std::int8_t>(check, args, Number::weight, outputs * taps * args.input[0].channels(), "weight");
  check_constant<std::int32_t>(check, args, Number::start, outputs * (1 + taps), "start");
  check_constant<std::int32_t>(check, args, Number::multipliers, outputs, "multipliers");
  check_constant<std::int32_t>(check, args, Number::shifts, outputs, "shifts");
  const std::int32_t* numbers = args.numbers();
  check.range("output_offset", numbers[Number::output_offset], -128, 127)
      .activation(numbers[Number::activation_min], numbers[Number::activation_max]);
  if (check.ok())
    check.that(are_factors(args.constant<std::int32_t>(Number::multipliers),
                           args.constant<std::int32_t>(Number::shifts), outputs),
               "a multiplier or shift is out of range");
}

constexpr std::int32_t together = 4;  // outputs

struct Plan {
  const Rows& input;
  TransposedAxis y, x;
  const std::int8_t* weight;
  const std::int32_t* offsets;  // [O, KH, KW]
  ChannelOutput output;
  std::int32_t channels, outputs, taps;
};

Plan plan_of(const StageArguments& args) {
  const Window y = args.y(), x = args.x();
  const std::int32_t outputs = args.output.channels();
  return {args.input[0],
          transposed_axis(y),
          transposed_axis(x),
          args.constant(Number::weight),
          args.constant<std::int32_t>(Number::start) + outputs,
          channel_output(args, Number::start, Number::output_offset),
          args.input[0].channels(),
          outputs,
          y.kernel * x.kernel};
}

// Rows of the input that an output row reads, each with the row of taps that it meets.
struct Lines {
  const std::int8_t* row[max_stage_kernel_rows];
  std::int32_t tap[max_stage_kernel_rows];  // the first of its row of taps
  std::int32_t count = 0;
};

Lines lines_of(const Plan& plan, std::int32_t y) {
  const TransposedTaps rows = transposed_taps(plan.y, y);
  Lines lines;
  std::int32_t u = rows.from;
  for (std::int32_t i = rows.first; i < rows.last; i += plan.y.stride, --u, ++lines.count) {
    lines.row[lines.count] = plan.input.row(u);
    lines.tap[lines.count] = i * plan.x.kernel;
  }
  return lines;
}

// The outputs that are computed together; behind the last one, the last again.
struct Group {
  const std::int8_t* weight[together];
  const std::int32_t* offsets[together];
  std::int32_t sum[together];
};

Group group_of(const Plan& plan, std::int32_t first, std::int32_t count) {
  Group group;
  for (std::int32_t i = 0; i < together; ++i) {
    const std::int32_t o = first + (i < count ? i : count - 1);
    group.weight[i] = plan.weight + o * plan.taps * plan.channels;
    group.offsets[i] = plan.offsets + o * plan.taps;
    group.sum[i] = plan.output.start(o);
  }
  return group;
}

// Adds a tap's products with a pixel of `channels` channels.
void add_tap(Group& group, const std::int8_t* pixel, std::int32_t tap, std::int32_t channels) {
  const std::int32_t at = tap * channels;
  for (std::int32_t i = 0; i < together; ++i) group.sum[i] = wrapping_add(group.sum[i], group.offsets[i][tap]);
  if constexpr (simd::pays) {
    for (std::int32_t k = 0; k < channels; k += 16) {
      const std::int32_t left = channels - k;
      const auto in = simd::load_first(pixel + k, left);
      for (std::int32_t i = 0; i < together; ++i)
        group.sum[i] = simd::add_dot(group.sum[i], in, simd::load_first(group.weight[i] + at + k, left));
    }
  } else {
    for (std::int32_t i = 0; i < together; ++i)
      group.sum[i] = wrapping_add(group.sum[i], dot(pixel, group.weight[i] + at, channels));
  }
}

// Outputs first … first + count − 1 of one pixel.
void run_outputs(const Plan& plan, const Lines& lines, const TransposedTaps& columns, std::int32_t first,
                 std::int32_t count, std::int8_t* out) {
  Group group = group_of(plan, first, count);
  for (std::int32_t r = 0; r < lines.count; ++r) {
    const std::int8_t* pixel = lines.row[r] + columns.from * plan.channels;
    for (std::int32_t j = columns.first; j < columns.last; j += plan.x.stride, pixel -= plan.channels)
      add_tap(group, pixel, lines.tap[r] + j, plan.channels);
  }
  for (std::int32_t i = 0; i < count; ++i) out[first + i] = plan.output.finish(group.sum[i], first + i);
}

void run_row(const StageArguments& args, std::int32_t y) {
  const Plan plan = plan_of(args);
  const Lines lines = lines_of(plan, y);
  const std::int32_t width = args.output.width();
  std::int8_t* out = args.output.row(y);
  for (std::int32_t x = 0; x < width; ++x, out += plan.outputs) {
    const TransposedTaps columns = transposed_taps(plan.x, x);
    for (std::int32_t o = 0; o < plan.outputs; o += together)
      run_outputs(plan, lines, columns, o, plan.outputs - o < together ? plan.outputs - o : together, out);
  }
}

}  // namespace

extern const Stage conv_transpose2d_stage;
const Stage conv_transpose2d_stage = stage_row<check_arguments, run_row>(ConvTranspose2dStage::id, "conv_transpose2d");

}  // namespace cortado::ops
