#include "ops/planar_depthwise8/stage.h"

#include "ops/planar_depthwise/one_row.h"
#include "ops/planar_depthwise/rows_outside.h"
#include "ops/planar_depthwise8/loops.h"

namespace cortado::ops {
namespace {

constexpr PlanarLimits limits = PlanarDepthwise8Stage::limits;

void check_arguments(const StageArguments& args, StageCheck& check) {
  check_planar_depthwise(args, check, limits);
  if (!check.ok()) return;
  const PlanarDepthwise plan(args);
  check_loop(check, has_kernel_for(plan.output.form) ? find_loop(one_row_loop<limits.slots>(plan.stride()))
                                                     : find_form(plan, LoopId::planar_depthwise8_at_limit));
}

void run_row(const StageArguments& args, std::int32_t y) {
  const PlanarDepthwise plan(args);
  fill_rows_outside(plan, y, 1, limits.slots);
  if (has_kernel_for(plan.output.form)) return run_assembled_row<limits.slots>(plan, y);
  const DepthwiseArguments arguments = {plan, y, 1};
  find_form(plan, LoopId::planar_depthwise8_at_limit)(&arguments);
}

}  // namespace

extern const Stage planar_depthwise8_stage;
const Stage planar_depthwise8_stage =
    stage_row<check_arguments, run_row>(PlanarDepthwise8Stage::id, "planar_depthwise8", {true, false});

}  // namespace cortado::ops
