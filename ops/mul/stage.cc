#include "ops/mul/stage.h"

#include "ops/mul/arithmetic.h"
#include "ops/pair_stage.h"

namespace cortado::ops {
namespace {

using Plan = PairPlan<MulArithmetic>;

ErrorCode make_plan(const StageArguments& args, Plan& plan, ErrorReport& report) {
  using Number = MulStage;
  Check check(report);
  check_pair(check, args, Number::count, plan);
  plan.arithmetic = {args.numbers[Number::self_zero_point], args.numbers[Number::other_zero_point],
                     args.numbers[Number::output_zero_point], args.numbers[Number::multiplier], args.numbers[Number::shift]};
  check_mul(check, plan.arithmetic);
  return check.code();
}

}  // namespace

extern const Stage mul_stage;
const Stage mul_stage = stage_row<Plan, make_plan, run_pair<MulArithmetic>>(MulStage::id, "mul");

}  // namespace cortado::ops
