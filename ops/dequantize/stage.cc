#include "ops/dequantize/stage.h"

#include <string.h>

namespace cortado::ops {
namespace {

struct Plan {
  Rows in, out;
  float scale;
  std::int32_t zero_point;
};

ErrorCode make_plan(const StageArguments& args, Plan& plan, ErrorReport& report) {
  using Number = DequantizeStage;
  Check check(report);
  check_counts(check, args, 1, Number::count, 0);
  check_same_rows(check, args)
      .equal("input", "'s element bytes", args.input[0].element_bytes, 1)
      .equal("output", "'s element bytes", args.output.element_bytes, 4)
      .range("zero_point", args.numbers[Number::zero_point], -32768, 32767);
  plan.in = args.input[0];
  plan.out = args.output;
  memcpy(&plan.scale, &args.numbers[Number::scale_bits], sizeof plan.scale);
  plan.zero_point = args.numbers[Number::zero_point];
  return check.code();
}

void run_row(const Plan& plan, std::int32_t y) {
  const std::int8_t* in = plan.in.row(y);
  auto* out = plan.out.row<float>(y);
  const std::int32_t count = plan.out.row_elements();
  for (std::int32_t i = 0; i < count; ++i) out[i] = static_cast<float>(in[i] - plan.zero_point) * plan.scale;
}

}  // namespace

extern const Stage dequantize_stage;
const Stage dequantize_stage = stage_row<Plan, make_plan, run_row>(DequantizeStage::id, "dequantize");

}  // namespace cortado::ops
