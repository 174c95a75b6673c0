#include "ops/checks.h"
#include "ops/softmax/contract.h"
#include "ops/softmax/fixed_exp.h"
#include "ops/softmax/rows.h"

namespace cortado::ops {
namespace {

constexpr std::int32_t accumulator_bits = 12;

struct Plan {
  const std::int8_t* input;
  std::int8_t* out;
  softmax::TensorRows rows;
  std::int32_t multiplier, shift, diff_min;
};

ErrorCode make_plan(const SoftmaxArgs& args, Plan& plan, ErrorReport& report) {
  Check check(report);
  const std::int64_t rank = args.input.rank;
  check.dtype("input", args.input, DType::i8)
      .dtype("out", args.out, DType::i8)
      .range("input rank", rank, 1, max_rank)
      .that(same_sizes(args.input, args.out), "out must have the sizes of input")
      .that(same_sizes(args.input, args.out) && same_order(args.input, args.out),
            "out must have the memory order of input")
      .range("dim", args.dim, -rank, rank - 1)
      .equal("output_zero_point", "", args.output_zero_point, -128)
      .range("input_multiplier", args.input_multiplier, 0, INT32_MAX)
      .range("input_shift", args.input_shift, 0, 31);
  if (!check.ok()) return check.code();
  plan.diff_min = args.diff_min < -255 ? -255 : args.diff_min;
  check.range("diff_min", plan.diff_min, -(std::int64_t{1} << 31 >> args.input_shift), 0);
  plan.rows = softmax::rows_along(args.input, args.dim);
  plan.input = args.input.as<std::int8_t>();
  plan.out = args.out.as<std::int8_t>();
  plan.multiplier = args.input_multiplier;
  plan.shift = args.input_shift;
  return check.code();
}

// exp of a difference that is at least diff_min, in Q0.31.
inline std::int32_t exponential(const Plan& plan, std::int32_t difference) {
  const auto scaled = static_cast<std::int32_t>(static_cast<std::uint32_t>(difference) << plan.shift);
  return softmax::exp_of_negative(doubling_high_multiply(scaled, plan.multiplier));
}

__attribute__((noinline)) void run_row(const Plan& plan, const std::int8_t* in, std::int8_t* out) {
  const std::int32_t size = plan.rows.size, stride = plan.rows.stride;
  std::int32_t largest = -128;
  for (std::int32_t i = 0; i < size; ++i) largest = in[i * stride] > largest ? in[i * stride] : largest;
  std::uint32_t sum = 0;
  for (std::int32_t i = 0; i < size; ++i) {
    const std::int32_t difference = in[i * stride] - largest;
    if (difference < plan.diff_min) continue;
    sum += static_cast<std::uint32_t>(rounding_divide_by_power_of_two(exponential(plan, difference), accumulator_bits));
    if (sum > INT32_MAX) sum = INT32_MAX;
  }
  // sum ≥ 2^19, the largest element's part. As 1 + a with a in Q0.31, and its power of two apart:
  const std::int32_t headroom = __builtin_clz(sum);
  const auto fraction = static_cast<std::int32_t>((sum << headroom) ^ 0x80000000u);
  const std::int32_t scale = softmax::reciprocal_of_one_plus(fraction);
  const std::int32_t bits = accumulator_bits - headroom + 23;  // above 31 nothing but 0 is left
  for (std::int32_t i = 0; i < size; ++i) {
    const std::int32_t difference = in[i * stride] - largest;
    std::int32_t value = -128;
    if (difference >= plan.diff_min && bits <= 31)
      value += rounding_divide_by_power_of_two(doubling_high_multiply(scale, exponential(plan, difference)), bits);
    out[i * stride] = static_cast<std::int8_t>(clamp(value, -128, 127));
  }
}

void run_plan(const Plan& plan) {
  softmax::for_each_row_along(plan.rows,
                              [&](std::int32_t first) { run_row(plan, plan.input + first, plan.out + first); });
}

}  // namespace

extern const Kernel cortex_m__softmax_out;
const Kernel cortex_m__softmax_out = kernel_row<SoftmaxArgs, Plan, make_plan, run_plan>();

}  // namespace cortado::ops
