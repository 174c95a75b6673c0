#include "ops/checks.h"
#include "ops/linear/contract.h"
#include "support/fixed_point.h"

namespace cortado::ops {
namespace {

struct Plan {
  const std::int8_t* input;
  const std::int8_t* weights;
  const std::int32_t* start;  // kernel sum or bias; null = 0
  std::int8_t* out;
  std::uint32_t rows, in_features, out_features;
  std::int32_t input_offset;  // 0 when a kernel sum holds it already
  std::int32_t filter_offset, output_offset, multiplier, shift, activation_min, activation_max;
};

ErrorCode make_plan(const QuantizedLinearArgs& args, Plan& plan, ErrorReport& report) {
  const OptionalTensor& start = args.kernel_sum.present ? args.kernel_sum : args.bias;
  Check check(report);
  check.dtype("input", args.input, DType::i8)
      .dtype("weights", args.weights, DType::i8)
      .dtype("out", args.out, DType::i8)
      .rank("weights", args.weights, 2)
      .range("input rank", args.input.rank, 1, max_rank)
      .equal("out", " rank", args.out.rank, args.input.rank)
      .contiguous("input", args.input)
      .contiguous("weights", args.weights)
      .contiguous("out", args.out);
  if (!check.ok()) return check.code();
  const std::int32_t in = args.weights.size(1);
  const std::int32_t out = args.weights.size(0);
  check.equal("input", "'s last dimension", args.input.size(args.input.rank - 1u), in)
      .equal("out", "'s last dimension", args.out.size(args.out.rank - 1u), out)
      .range("in_features", in, 1, 1 << 24)
      .range("out_features", out, 1, 1 << 24);
  for (std::size_t i = 0; check.ok() && i + 1 < args.input.rank; ++i)
    check.equal("out", "'s leading dimension", args.out.size(i), args.input.size(i));
  if (check.ok() && start.present)
    check.dtype("bias or kernel_sum", start, DType::i32)
        .equal("bias or kernel_sum", "'s length", static_cast<std::int64_t>(start.elements()), out);
  check.equal("requantize_multipliers", "'s length", args.requantize_multipliers.count, 1)
      .equal("requantize_shifts", "'s length", args.requantize_shifts.count, 1);
  if (!check.ok()) return check.code();
  check.factor("requantize_multipliers", args.requantize_multipliers[0], args.requantize_shifts[0])
      .range("input_offset", args.input_offset, -127, 128)
      .range("filter_offset", args.filter_offset, -127, 128)
      .range("output_offset", args.output_offset, -128, 127)
      .activation(args.activation_min, args.activation_max);
  if (!check.ok()) return check.code();

  plan.input = args.input.as<std::int8_t>();
  plan.weights = args.weights.as<std::int8_t>();
  plan.start = start.present ? start.as<std::int32_t>() : nullptr;
  plan.out = args.out.as<std::int8_t>();
  plan.in_features = static_cast<std::uint32_t>(in);
  plan.out_features = static_cast<std::uint32_t>(out);
  plan.rows = static_cast<std::uint32_t>(args.input.elements() / static_cast<std::size_t>(in));
  plan.input_offset = args.kernel_sum.present ? 0 : args.input_offset;
  plan.filter_offset = args.filter_offset;
  plan.output_offset = args.output_offset;
  plan.multiplier = static_cast<std::int32_t>(args.requantize_multipliers[0]);
  plan.shift = static_cast<std::int32_t>(args.requantize_shifts[0]);
  plan.activation_min = args.activation_min;
  plan.activation_max = args.activation_max;
  return ErrorCode::ok;
}

void run_plan(const Plan& plan) {
  const std::int8_t* x = plan.input;
  std::int8_t* out = plan.out;
  for (std::uint32_t row = 0; row < plan.rows; ++row, x += plan.in_features) {
    const std::int8_t* w = plan.weights;
    for (std::uint32_t o = 0; o < plan.out_features; ++o, w += plan.in_features) {
      std::int32_t acc = plan.start != nullptr ? plan.start[o] : 0;
      for (std::uint32_t i = 0; i < plan.in_features; ++i)
        acc = wrapping_add(acc, (x[i] + plan.input_offset) * (w[i] + plan.filter_offset));
      acc = wrapping_add(requantize(acc, plan.multiplier, plan.shift), plan.output_offset);
      *out++ = static_cast<std::int8_t>(clamp(acc, plan.activation_min, plan.activation_max));
    }
  }
}

}  // namespace

extern const Kernel cortex_m__quantized_linear_out;
const Kernel cortex_m__quantized_linear_out = kernel_row<QuantizedLinearArgs, Plan, make_plan, run_plan>();

}  // namespace cortado::ops
