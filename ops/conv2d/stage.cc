#include "ops/conv2d/stage.h"

#include "ops/conv2d/row.h"

namespace cortado::ops {
namespace {

struct Plan {
  Rows in, out;
  Convolution convolution;
};

ErrorCode make_plan(const StageArguments& args, Plan& plan, ErrorReport& report) {
  using Number = Conv2dStage;
  Check check(report);
  Convolution& convolution = plan.convolution;
  check_counts(check, args, 1, Number::count, 4);
  check_int8(check, args).range("kernel rows", args.y.kernel, 1, max_stage_kernel_rows);
  if (!check.ok()) return check.code();
  plan.in = args.input[0];
  plan.out = args.output;
  convolution.y = args.y;
  convolution.x = args.x;
  convolution.in_channels = plan.in.channels;
  convolution.out_channels = plan.out.channels;
  convolution.group_channels = args.numbers[Number::group_channels];
  convolution.input_offset = args.numbers[Number::input_offset];
  check_groups(check, convolution);
  check.range("input_offset", convolution.input_offset, -127, 128);
  convolution.weight = checked_constant<std::int8_t>(
      check, args, 0, std::int64_t{args.y.kernel} * args.x.kernel * convolution.group_channels * plan.out.channels, "weight");
  convolution.output = checked_channel_output(check, args, plan.out.channels, 1, Number::output_offset);
  return check.code();
}

void run_row_of(const Plan& plan, std::int32_t y) {
  const Convolution& convolution = plan.convolution;
  const Interior interior = interior_of(convolution.x);
  const Taps taps = taps_of(convolution.y, y);
  const RingLines lines(plan.in, convolution.y, y, taps);
  std::int8_t* out = plan.out.row(y);
  for (std::int32_t channel = 0; channel < plan.out.channels; ++channel)
    run_row(Patch<RingLines>(convolution, lines, channel / convolution.group_outputs * convolution.group_channels), taps,
            channel, interior, out + channel);
}

}  // namespace

extern const Stage conv2d_stage;
const Stage conv2d_stage = stage_row<Plan, make_plan, run_row_of>(Conv2dStage::id, "conv2d");

}  // namespace cortado::ops
