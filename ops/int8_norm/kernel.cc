#include "ops/checks.h"
#include "ops/int8_norm/arithmetic.h"
#include "ops/int8_norm/contract.h"

namespace cortado::ops {
namespace {

struct Plan {
  const std::int8_t* input;
  const std::int32_t *factors, *offsets;
  std::int8_t* out;
  std::int64_t eps;
  std::int32_t rows, count, inner, channels, output_zero_point;
};

CORTADO_RARELY_RUN ErrorCode make_plan(const QuantizedNormArgs& args, Plan& plan, ErrorReport& report) {
  Check check(report);
  const auto elements = static_cast<std::int64_t>(args.input.elements());
  const auto channels = static_cast<std::int64_t>(args.factors.elements());
  check.dtype("input", args.input, DType::i8)
      .dtype("factors", args.factors, DType::i32)
      .dtype("offsets", args.offsets, DType::i32)
      .dtype("out", args.out, DType::i8)
      .that(same_sizes(args.input, args.out), "out must have the sizes of input")
      .that(same_sizes(args.input, args.out) && same_order(args.input, args.out),
            "out must have the memory order of input")
      .that(same_sizes(args.factors, args.offsets), "offsets must have the sizes of factors")
      .range("factors", channels, 1, INT32_MAX)
      .range("count", args.count, 1, int8_norm::most_elements)
      .range("inner", args.inner, 1, INT32_MAX)
      .range("eps", args.eps, 1, int8_norm::largest_eps)
      .range("output_zero_point", args.output_zero_point, -128, 127)
      .range("input", elements, 0, INT32_MAX);
  if (!check.ok()) return check.code();
  check.that(elements % args.count == 0, "count must divide the input's elements");
  plan.input = args.input.as<std::int8_t>();
  plan.factors = args.factors.as<std::int32_t>();
  plan.offsets = args.offsets.as<std::int32_t>();
  plan.out = args.out.as<std::int8_t>();
  plan.eps = args.eps;
  plan.rows = static_cast<std::int32_t>(elements / args.count);
  plan.count = static_cast<std::int32_t>(args.count);
  plan.inner = static_cast<std::int32_t>(args.inner);
  plan.channels = static_cast<std::int32_t>(channels);
  plan.output_zero_point = args.output_zero_point;
  return check.code();
}

void run(const Plan& plan) {
  const std::int8_t* in = plan.input;
  std::int8_t* out = plan.out;
  std::int32_t channel = 0, left = plan.inner;  // elements until the next channel
  for (std::int32_t row = 0; row < plan.rows; ++row, in += plan.count, out += plan.count) {
    const int8_norm::RowStatistics statistics = int8_norm::statistics_of(in, plan.count, plan.eps);
    for (std::int32_t i = 0; i < plan.count; ++i) {
      out[i] = int8_norm::normalised(statistics, in[i], plan.factors[channel], plan.offsets[channel],
                                     plan.output_zero_point);
      if (--left > 0) continue;
      left = plan.inner;
      channel = channel + 1 == plan.channels ? 0 : channel + 1;
    }
  }
}

}  // namespace

extern const Kernel cortado__quantized_norm_out;
const Kernel cortado__quantized_norm_out = kernel_row<QuantizedNormArgs, Plan, make_plan, run>();

}  // namespace cortado::ops
