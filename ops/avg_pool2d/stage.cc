#include "ops/avg_pool2d/stage.h"

#include "ops/avg_pool2d/average.h"

namespace cortado::ops {
namespace {

ErrorCode make_plan(const StageArguments& args, PoolStage& plan, ErrorReport& report) {
  Check check(report);
  check_counts(check, args, 1, 0, 0);
  plan = checked_pool_stage(check, args);
  return check.code();
}

void run_row(const PoolStage& plan, std::int32_t y) {
  run_pool_row(plan, y, [&](const auto& pixel, std::int8_t* out) { average(pixel, plan.out.channels, out); });
}

}  // namespace

extern const Stage avg_pool2d_stage;
const Stage avg_pool2d_stage = stage_row<PoolStage, make_plan, run_row>(AvgPool2dStage::id, "avg_pool2d");

}  // namespace cortado::ops
