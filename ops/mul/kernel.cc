#include "ops/checks.h"
#include "ops/mul/contract.h"
#include "ops/strided.h"
#include "support/fixed_point.h"

namespace cortado::ops {
namespace {

struct Plan {
  Nest<3> nest;
  const std::int8_t *self, *other;
  std::int8_t* out;
  std::int32_t self_zero_point, other_zero_point, output_zero_point, multiplier, shift;
};

constexpr std::int32_t limit = 1 << 22;

std::int64_t magnitude(std::int32_t value) { return value < 0 ? -std::int64_t{value} : value; }

ErrorCode make_plan(const QuantizedMulArgs& args, Plan& plan, ErrorReport& report) {
  Check check(report);
  check.dtype("self", args.self, DType::i8)
      .dtype("other", args.other, DType::i8)
      .dtype("out", args.out, DType::i8)
      .that(broadcasts_to(args.self, args.out), "self does not broadcast to out")
      .that(broadcasts_to(args.other, args.out), "other does not broadcast to out")
      // A hardswish carries its + 3 in a zero point far outside the type; products must stay in 32 bits.
      .range("self_zero_point", args.self_zero_point, -limit, limit)
      .range("other_zero_point", args.other_zero_point, -limit, limit)
      .that((magnitude(args.self_zero_point) + 128) * (magnitude(args.other_zero_point) + 128) < INT64_C(1) << 31, "the zero points are too large")
      .range("output_zero_point", args.output_zero_point, -128, 127)
      .factor("output_multiplier", args.output_multiplier, args.output_shift);
  if (!check.ok()) return check.code();
  plan.nest = binary_nest(args.out, args.self, args.other);
  plan.self = args.self.as<std::int8_t>();
  plan.other = args.other.as<std::int8_t>();
  plan.out = args.out.as<std::int8_t>();
  plan.self_zero_point = args.self_zero_point;
  plan.other_zero_point = args.other_zero_point;
  plan.output_zero_point = args.output_zero_point;
  plan.multiplier = args.output_multiplier;
  plan.shift = args.output_shift;
  return check.code();
}

void run_plan(const Plan& plan) {
  const std::int32_t za = plan.self_zero_point, zb = plan.other_zero_point, zy = plan.output_zero_point;
  const std::int32_t multiplier = plan.multiplier, shift = plan.shift;
  map_binary(plan.nest, plan.out, plan.self, plan.other, [=](std::int8_t a, std::int8_t b) {
    const std::int32_t product = (a - za) * (b - zb);
    return static_cast<std::int8_t>(clamp(wrapping_add(requantize(product, multiplier, shift), zy), -128, 127));
  });
}

}  // namespace

extern const Kernel cortex_m__quantized_mul_out;
const Kernel cortex_m__quantized_mul_out = kernel_row<QuantizedMulArgs, Plan, make_plan, run_plan>();

}  // namespace cortado::ops
