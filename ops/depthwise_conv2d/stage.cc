#include "ops/depthwise_conv2d/stage.h"

#include "ops/depthwise_conv2d/row.h"
#include "ops/filter_stage.h"

namespace cortado::ops {
namespace {

using Plan = FilterPlan<Depthwise>;

ErrorCode make_plan(const StageArguments& args, Plan& plan, ErrorReport& report) {
  using Number = DepthwiseConv2dStage;
  Check check(report);
  if (!begin_filter(check, args, Number::count, Number::input_offset, plan)) return check.code();
  plan.filter.depth_multiplier = args.numbers[Number::depth_multiplier];
  if (!check.range("depth_multiplier", plan.filter.depth_multiplier, 1, 1 << 24).ok()) return check.code();
  check.equal("output", "'s channels", plan.out.channels, std::int64_t{plan.in.channels} * plan.filter.depth_multiplier);
  finish_filter(check, args, 1, Number::output_offset, plan);
  return check.code();
}

void run_row_of(const Plan& plan, std::int32_t y) {
  const Taps taps = taps_of(plan.filter.y, y);
  run_row(plan.filter, RingLines(plan.in, plan.filter.y, y, taps), taps, plan.out.row(y));
}

}  // namespace

extern const Stage depthwise_conv2d_stage;
const Stage depthwise_conv2d_stage = stage_row<Plan, make_plan, run_row_of>(DepthwiseConv2dStage::id, "depthwise_conv2d");

}  // namespace cortado::ops
