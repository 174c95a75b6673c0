#include "ops/batch_matmul/contract.h"
#include "ops/checks.h"
#include "ops/dot.h"
#include "support/fixed_point.h"

namespace cortado::ops {
namespace {

struct Plan {
  const std::int8_t *lhs, *rhs;
  std::int8_t* out;
  std::int32_t batch, rows, columns, inner;
  std::int32_t lhs_offset, rhs_offset, output_offset, multiplier, shift;
};

ErrorCode make_plan(const QuantizedBatchMatmulArgs& args, Plan& plan, ErrorReport& report) {
  Check check(report);
  check.dtype("lhs", args.lhs, DType::i8)
      .dtype("rhs_transposed", args.rhs_transposed, DType::i8)
      .dtype("out", args.out, DType::i8)
      .rank("lhs", args.lhs, 3)
      .rank("rhs_transposed", args.rhs_transposed, 3)
      .rank("out", args.out, 3)
      .contiguous("lhs", args.lhs)
      .contiguous("rhs_transposed", args.rhs_transposed)
      .contiguous("out", args.out);
  if (!check.ok()) return check.code();
  check.equal("rhs_transposed", "'s batch", args.rhs_transposed.size(0), args.lhs.size(0))
      .equal("rhs_transposed", "'s inner size", args.rhs_transposed.size(2), args.lhs.size(2))
      .equal("out", "'s batch", args.out.size(0), args.lhs.size(0))
      .equal("out", "'s rows", args.out.size(1), args.lhs.size(1))
      .equal("out", "'s columns", args.out.size(2), args.rhs_transposed.size(1))
      .range("lhs_zero_point", args.lhs_zero_point, -127, 128)
      .range("rhs_zero_point", args.rhs_zero_point, -127, 128)
      .range("output_zero_point", args.output_zero_point, -128, 127)
      .factor("output_multiplier", args.output_multiplier, args.output_shift);
  plan = {args.lhs.as<std::int8_t>(), args.rhs_transposed.as<std::int8_t>(),
          args.out.as<std::int8_t>(), args.lhs.size(0),
          args.lhs.size(1),           args.rhs_transposed.size(1),
          args.lhs.size(2),           args.lhs_zero_point,
          args.rhs_zero_point,        args.output_zero_point,
          args.output_multiplier,     args.output_shift};
  return check.code();
}

// Column by column, so that the sum over a column is made once:
//   Σ (l + a)(r + b) = Σ l·r + b · Σ l + a · Σ r + K·a·b
void run_matrix(const Plan& plan, const std::int8_t* lhs, const std::int8_t* rhs, std::int8_t* out) {
  const std::int32_t constant = wrapping_multiply(plan.inner, plan.lhs_offset * plan.rhs_offset);
  for (std::int32_t j = 0; j < plan.columns; ++j, rhs += plan.inner) {
    const std::int32_t start = wrapping_add(constant, wrapping_multiply(plan.lhs_offset, sum(rhs, plan.inner)));
    const std::int8_t* row = lhs;
    for (std::int32_t i = 0; i < plan.rows; ++i, row += plan.inner) {
      std::int32_t acc = wrapping_add(start, dot(row, rhs, plan.inner));
      if (plan.rhs_offset != 0) acc = wrapping_add(acc, wrapping_multiply(plan.rhs_offset, sum(row, plan.inner)));
      acc = wrapping_add(requantize(acc, plan.multiplier, plan.shift), plan.output_offset);
      out[i * plan.columns + j] = static_cast<std::int8_t>(clamp(acc, -128, 127));
    }
  }
}

void run_plan(const Plan& plan) {
  for (std::int32_t b = 0; b < plan.batch; ++b)
    run_matrix(plan, plan.lhs + b * plan.rows * plan.inner, plan.rhs + b * plan.columns * plan.inner,
               plan.out + b * plan.rows * plan.columns);
}

}  // namespace

extern const Kernel cortex_m__quantized_batch_matmul_out;
const Kernel cortex_m__quantized_batch_matmul_out = kernel_row<QuantizedBatchMatmulArgs, Plan, make_plan, run_plan>();

}  // namespace cortado::ops
