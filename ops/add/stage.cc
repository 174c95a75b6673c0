#include "ops/add/stage.h"

#include "ops/add/factor.h"
#include "ops/pair_stage.h"

namespace cortado::ops {
namespace {

using Plan = PairPlan<AddArithmetic>;

AddFactor checked_factor(Check& check, const std::int32_t* numbers) {
  check.range("a zero point", numbers[0], -128, 127).factor("a multiplier", numbers[1], numbers[2]);
  return {numbers[0], numbers[1], numbers[2]};
}

ErrorCode make_plan(const StageArguments& args, Plan& plan, ErrorReport& report) {
  using Number = AddStage;
  Check check(report);
  check_pair(check, args, Number::count, plan);
  plan.arithmetic.self = checked_factor(check, args.numbers + Number::self_zero_point);
  plan.arithmetic.other = checked_factor(check, args.numbers + Number::other_zero_point);
  plan.arithmetic.output = checked_factor(check, args.numbers + Number::output_zero_point);
  plan.arithmetic.activation_min = args.numbers[Number::activation_min];
  plan.arithmetic.activation_max = args.numbers[Number::activation_max];
  return check.activation(plan.arithmetic.activation_min, plan.arithmetic.activation_max).code();
}

}  // namespace

extern const Stage add_stage;
const Stage add_stage = stage_row<Plan, make_plan, run_pair<AddArithmetic>>(AddStage::id, "add");

}  // namespace cortado::ops
