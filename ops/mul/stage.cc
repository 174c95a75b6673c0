#include "ops/mul/stage.h"

#include "ops/mul/arithmetic.h"

namespace cortado::ops {
namespace {

struct Plan {
  Rows self, other, out;
  MulArithmetic arithmetic;
};

ErrorCode make_plan(const StageArguments& args, Plan& plan, ErrorReport& report) {
  using Number = MulStage;
  Check check(report);
  check_counts(check, args, 2, Number::count, 0);
  check_int8(check, args);
  check_same_rows(check, args);
  plan.self = args.input[0];
  plan.other = args.input[1];
  plan.out = args.output;
  plan.arithmetic = {args.numbers[Number::self_zero_point], args.numbers[Number::other_zero_point],
                     args.numbers[Number::output_zero_point], args.numbers[Number::multiplier], args.numbers[Number::shift]};
  check_mul(check, plan.arithmetic);
  return check.code();
}

void run_row(const Plan& plan, std::int32_t y) {
  const MulArithmetic arithmetic = plan.arithmetic;
  const std::int8_t* self = plan.self.row(y);
  const std::int8_t* other = plan.other.row(y);
  std::int8_t* out = plan.out.row(y);
  const std::int32_t count = plan.out.row_elements();
  for (std::int32_t i = 0; i < count; ++i) out[i] = arithmetic(self[i], other[i]);
}

}  // namespace

extern const Stage mul_stage;
const Stage mul_stage = stage_row<Plan, make_plan, run_row>(MulStage::id, "mul");

}  // namespace cortado::ops
