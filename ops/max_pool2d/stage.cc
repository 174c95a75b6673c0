#include "ops/max_pool2d/stage.h"

#include "ops/max_pool2d/maximum.h"

namespace cortado::ops {
namespace {

struct Plan {
  PoolStage pool;
  std::int8_t low, high;
};

ErrorCode make_plan(const StageArguments& args, Plan& plan, ErrorReport& report) {
  const std::int32_t low = args.numbers[MaxPool2dStage::activation_min], high = args.numbers[MaxPool2dStage::activation_max];
  Check check(report);
  check_counts(check, args, 1, MaxPool2dStage::count, 0).activation(low, high);
  plan.pool = checked_pool_stage(check, args);
  plan.low = static_cast<std::int8_t>(low);
  plan.high = static_cast<std::int8_t>(high);
  return check.code();
}

void run_row(const Plan& plan, std::int32_t y) {
  run_pool_row(plan.pool, y, [&](const auto& pixel, std::int8_t* out) {
    maximum(pixel, plan.pool.out.channels, plan.low, plan.high, out);
  });
}

}  // namespace

extern const Stage max_pool2d_stage;
const Stage max_pool2d_stage = stage_row<Plan, make_plan, run_row>(MaxPool2dStage::id, "max_pool2d");

}  // namespace cortado::ops
