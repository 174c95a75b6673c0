#include "ops/checks.h"
#include "ops/int8_log_softmax/contract.h"
#include "ops/softmax/rows.h"
#include "support/fixed_point.h"

namespace cortado::ops {
namespace {

constexpr std::int32_t one = 1 << 24;

struct Plan {
  const std::int8_t* input;
  const std::int32_t* exponentials;
  std::int8_t* out;
  softmax::TensorRows rows;
  std::int32_t input_factor, logarithm_factor, output_zero_point;
};

CORTADO_RARELY_RUN ErrorCode make_plan(const QuantizedLogSoftmaxArgs& args, Plan& plan, ErrorReport& report) {
  Check check(report);
  const std::int64_t rank = args.input.rank;
  check.dtype("input", args.input, DType::i8)
      .dtype("exponentials", args.exponentials, DType::i32)
      .dtype("out", args.out, DType::i8)
      .range("input rank", rank, 1, max_rank)
      .that(same_sizes(args.input, args.out), "out must have the sizes of input")
      .that(same_sizes(args.input, args.out) && same_order(args.input, args.out),
            "out must have the memory order of input")
      .range("dim", args.dim, -rank, rank - 1)
      .range("input_factor", args.input_factor, 0, 1 << 28)
      .range("logarithm_factor", args.logarithm_factor, 0, INT32_MAX)
      .range("output_zero_point", args.output_zero_point, -128, 127)
      .that(args.exponentials.elements() == 256, "exponentials must have 256 elements");
  if (!check.ok()) return check.code();
  plan.rows = softmax::rows_along(args.input, args.dim);
  plan.input = args.input.as<std::int8_t>();
  plan.exponentials = args.exponentials.as<std::int32_t>();
  plan.out = args.out.as<std::int8_t>();
  plan.input_factor = args.input_factor;
  plan.logarithm_factor = args.logarithm_factor;
  plan.output_zero_point = args.output_zero_point;
  return check.range("dim's size", plan.rows.size, 0, 1 << 30).code();
}

// log2(sum / 2^24) in Q24; sums below 2^24, which no table of exponentials makes, give 0.
std::int64_t logarithm(std::uint64_t sum) {
  if (sum < static_cast<std::uint64_t>(one)) return 0;
  std::int32_t whole = 0;
  for (; sum >> whole >> 25 != 0; ++whole) {
  }
  std::uint64_t value = sum << 7 >> whole;  // in 2^31 … 2^32 − 1
  std::int64_t result = whole;
  for (int bit = 0; bit < 24; ++bit) {
    value = value * value >> 31;
    const bool doubled = value >> 32 != 0;
    value >>= doubled ? 1 : 0;
    result = 2 * result + (doubled ? 1 : 0);
  }
  return result;
}

__attribute__((noinline)) void run_row(const Plan& plan, const std::int8_t* in, std::int8_t* out) {
  const std::int32_t size = plan.rows.size, stride = plan.rows.stride;
  std::int32_t largest = -128;
  for (std::int32_t i = 0; i < size; ++i) largest = in[i * stride] > largest ? in[i * stride] : largest;
  std::uint64_t sum = 0;
  for (std::int32_t i = 0; i < size; ++i)
    sum += static_cast<std::uint32_t>(clamp(plan.exponentials[largest - in[i * stride]], 0, one));
  const std::int64_t offset = (INT64_C(1) << 43) - logarithm(sum) * plan.logarithm_factor;
  for (std::int32_t i = 0; i < size; ++i) {
    const std::int64_t scaled = std::int64_t{in[i * stride] - largest} * plan.input_factor * one;
    const std::int64_t value = ((scaled + offset) >> 44) + plan.output_zero_point;
    out[i * stride] = static_cast<std::int8_t>(value < -128 ? -128 : value > 127 ? 127 : value);
  }
}

void run_plan(const Plan& plan) {
  softmax::for_each_row_along(plan.rows,
                              [&](std::int32_t first) { run_row(plan, plan.input + first, plan.out + first); });
}

}  // namespace

extern const Kernel cortado__quantized_log_softmax_out;
const Kernel cortado__quantized_log_softmax_out = kernel_row<QuantizedLogSoftmaxArgs, Plan, make_plan, run_plan>();

}  // namespace cortado::ops
