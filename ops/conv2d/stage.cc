#include "ops/conv2d/stage.h"

#include "ops/conv2d/row.h"
#include "ops/filter_stage.h"

namespace cortado::ops {
namespace {

using Plan = FilterPlan<Convolution>;

ErrorCode make_plan(const StageArguments& args, Plan& plan, ErrorReport& report) {
  using Number = Conv2dStage;
  Check check(report);
  if (!begin_filter(check, args, Number::count, Number::input_offset, plan)) return check.code();
  plan.filter.group_channels = args.numbers[Number::group_channels];
  check_groups(check, plan.filter);
  finish_filter(check, args, plan.filter.group_channels, Number::output_offset, plan);
  return check.code();
}

void run_row_of(const Plan& plan, std::int32_t y) {
  const Convolution& convolution = plan.filter;
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
