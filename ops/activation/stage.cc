#include "ops/activation/stage.h"

namespace cortado::ops {
namespace {

struct Plan {
  Rows in, out;
  const std::int8_t* lut;
};

ErrorCode make_plan(const StageArguments& args, Plan& plan, ErrorReport& report) {
  Check check(report);
  check_counts(check, args, 1, 0, 1);
  check_int8(check, args);
  check_same_rows(check, args);
  plan.in = args.input[0];
  plan.out = args.output;
  plan.lut = checked_constant<std::int8_t>(check, args, 0, 256, "lut");
  return check.code();
}

void run_row(const Plan& plan, std::int32_t y) {
  const std::int8_t* middle = plan.lut + 128;
  const std::int8_t* in = plan.in.row(y);
  std::int8_t* out = plan.out.row(y);
  const std::int32_t count = plan.out.row_elements();
  for (std::int32_t i = 0; i < count; ++i) out[i] = middle[in[i]];
}

}  // namespace

extern const Stage activation_stage;
const Stage activation_stage = stage_row<Plan, make_plan, run_row>(ActivationStage::id, "activation");

}  // namespace cortado::ops
