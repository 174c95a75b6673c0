#include "ops/depthwise_conv2d/stage.h"

#include "ops/depthwise_conv2d/row.h"

namespace cortado::ops {
namespace {

struct Plan {
  Rows in, out;
  Depthwise depthwise;
};

ErrorCode make_plan(const StageArguments& args, Plan& plan, ErrorReport& report) {
  using Number = DepthwiseConv2dStage;
  Check check(report);
  Depthwise& depthwise = plan.depthwise;
  check_counts(check, args, 1, Number::count, 4);
  check_int8(check, args).range("kernel rows", args.y.kernel, 1, max_stage_kernel_rows);
  if (!check.ok()) return check.code();
  plan.in = args.input[0];
  plan.out = args.output;
  depthwise.y = args.y;
  depthwise.x = args.x;
  depthwise.in_channels = plan.in.channels;
  depthwise.out_channels = plan.out.channels;
  depthwise.depth_multiplier = args.numbers[Number::depth_multiplier];
  depthwise.input_offset = args.numbers[Number::input_offset];
  check.range("depth_multiplier", depthwise.depth_multiplier, 1, 1 << 24)
      .range("input_offset", depthwise.input_offset, -127, 128);
  if (!check.ok()) return check.code();
  check.equal("output", "'s channels", plan.out.channels, std::int64_t{plan.in.channels} * depthwise.depth_multiplier);
  depthwise.weight = checked_constant<std::int8_t>(
      check, args, 0, std::int64_t{args.y.kernel} * args.x.kernel * plan.out.channels, "weight");
  depthwise.output = checked_channel_output(check, args, plan.out.channels, 1, Number::output_offset);
  return check.code();
}

void run_row_of(const Plan& plan, std::int32_t y) {
  const Taps taps = taps_of(plan.depthwise.y, y);
  run_row(plan.depthwise, RingLines(plan.in, plan.depthwise.y, y, taps), taps, plan.out.row(y));
}

}  // namespace

extern const Stage depthwise_conv2d_stage;
const Stage depthwise_conv2d_stage = stage_row<Plan, make_plan, run_row_of>(DepthwiseConv2dStage::id, "depthwise_conv2d");

}  // namespace cortado::ops
