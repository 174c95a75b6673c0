#include "ops/quantize/stage.h"

#include <string.h>

#include "ops/quantize/rounding.h"

namespace cortado::ops {
namespace {

struct Plan {
  Rows in, out;
  QuantizeArithmetic arithmetic;
  std::uint32_t whole;  // elements in whole groups of 16
};

ErrorCode make_plan(const StageArguments& args, Plan& plan, ErrorReport& report) {
  using Number = QuantizeStage;
  Check check(report);
  check_counts(check, args, 1, Number::count, 0);
  check_same_rows(check, args)
      .equal("input", "'s element bytes", args.input[0].element_bytes, 4)
      .equal("output", "'s element bytes", args.output.element_bytes, 1)
      .range("quant_min", args.numbers[Number::quant_min], -128, 127)
      .range("quant_max", args.numbers[Number::quant_max], args.numbers[Number::quant_min], 127)
      .range("zero_point", args.numbers[Number::zero_point], -128, 127)
      .range("elements", std::int64_t{args.output.rows} * args.output.row_elements(), 1, INT32_MAX);
  plan.in = args.input[0];
  plan.out = args.output;
  memcpy(&plan.arithmetic.inverse_scale, &args.numbers[Number::inverse_scale_bits], sizeof(float));
  plan.arithmetic.zero_point = args.numbers[Number::zero_point];
  plan.arithmetic.quant_min = args.numbers[Number::quant_min];
  plan.arithmetic.quant_max = args.numbers[Number::quant_max];
  plan.whole = static_cast<std::uint32_t>(plan.out.rows) * static_cast<std::uint32_t>(plan.out.row_elements()) / 16 * 16;
  return check.code();
}

void run_row(const Plan& plan, std::int32_t y) {
  const auto count = static_cast<std::uint32_t>(plan.out.row_elements());
  const std::uint32_t begin = static_cast<std::uint32_t>(y) * count;
  quantize_run(plan.arithmetic, plan.in.row<float>(y), begin, plan.whole, begin + count, plan.out.row(y));
}

}  // namespace

extern const Stage quantize_stage;
const Stage quantize_stage = stage_row<Plan, make_plan, run_row>(QuantizeStage::id, "quantize");

}  // namespace cortado::ops
