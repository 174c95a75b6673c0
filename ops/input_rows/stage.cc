#include "ops/input_rows/stage.h"

#include <string.h>

namespace cortado::ops {
namespace {

struct Plan {
  RowSource source;
  Rows input, output;
};

ErrorCode make_plan(const StageArguments& args, Plan& plan, ErrorReport& report) {
  Check check(report);
  check_counts(check, args, 1, 0, 0);
  check_same_rows(check, args).equal("input", "'s element bytes", args.input[0].element_bytes, args.output.element_bytes);
  if (args.source != nullptr) plan.source = *args.source;
  plan.input = args.input[0];
  plan.output = args.output;
  return check.code();
}

void run_row(const Plan& plan, std::int32_t y) {
  const auto bytes = static_cast<std::size_t>(plan.output.row_bytes());
  auto* to = plan.output.row<std::uint8_t>(y);
  if (plan.source.read != nullptr) plan.source.read(plan.source.context, static_cast<std::uint32_t>(y), to, bytes);
  else memcpy(to, plan.input.row<std::uint8_t>(y), bytes);
}

}  // namespace

extern const Stage input_rows_stage;
const Stage input_rows_stage = stage_row<Plan, make_plan, run_row, false, false, true>(InputRowsStage::id, "input_rows");

}  // namespace cortado::ops
