#include "ops/add/stage.h"

#include "ops/add/factor.h"

namespace cortado::ops {
namespace {

struct Plan {
  Rows self, other, out;
  AddArithmetic arithmetic;
};

AddFactor checked_factor(Check& check, const std::int32_t* numbers) {
  check.range("a zero point", numbers[0], -128, 127).factor("a multiplier", numbers[1], numbers[2]);
  return {numbers[0], numbers[1], numbers[2]};
}

ErrorCode make_plan(const StageArguments& args, Plan& plan, ErrorReport& report) {
  using Number = AddStage;
  Check check(report);
  check_counts(check, args, 2, Number::count, 0);
  check_int8(check, args);
  check_same_rows(check, args);
  plan.self = args.input[0];
  plan.other = args.input[1];
  plan.out = args.output;
  plan.arithmetic.self = checked_factor(check, args.numbers + Number::self_zero_point);
  plan.arithmetic.other = checked_factor(check, args.numbers + Number::other_zero_point);
  plan.arithmetic.output = checked_factor(check, args.numbers + Number::output_zero_point);
  plan.arithmetic.activation_min = args.numbers[Number::activation_min];
  plan.arithmetic.activation_max = args.numbers[Number::activation_max];
  return check.activation(plan.arithmetic.activation_min, plan.arithmetic.activation_max).code();
}

void run_row(const Plan& plan, std::int32_t y) {
  const AddArithmetic arithmetic = plan.arithmetic;
  const std::int8_t* self = plan.self.row(y);
  const std::int8_t* other = plan.other.row(y);
  std::int8_t* out = plan.out.row(y);
  const std::int32_t count = plan.out.row_elements();
  for (std::int32_t i = 0; i < count; ++i) out[i] = arithmetic(self[i], other[i]);
}

}  // namespace

extern const Stage add_stage;
const Stage add_stage = stage_row<Plan, make_plan, run_row>(AddStage::id, "add");

}  // namespace cortado::ops
