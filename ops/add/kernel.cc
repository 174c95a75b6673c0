#include "ops/add/contract.h"
#include "ops/checks.h"
#include "ops/strided.h"
#include "support/fixed_point.h"

namespace cortado::ops {
namespace {

struct Factor {
  std::int32_t zero_point, multiplier, shift;

  std::int32_t scaled(std::int32_t value) const {
    return requantize((value - zero_point) * (1 << QuantizedAddArgs::left_shift), multiplier, shift);
  }
};

struct Plan {
  Nest<3> nest;
  const std::int8_t *self, *other;
  std::int8_t* out;
  Factor self_factor, other_factor, output_factor;
  std::int32_t activation_min, activation_max;
};

ErrorCode make_plan(const QuantizedAddArgs& args, Plan& plan, ErrorReport& report) {
  Check check(report);
  check.dtype("self", args.self, DType::i8)
      .dtype("other", args.other, DType::i8)
      .dtype("out", args.out, DType::i8)
      .that(broadcasts_to(args.self, args.out), "self does not broadcast to out")
      .that(broadcasts_to(args.other, args.out), "other does not broadcast to out")
      .factor("self_multiplier", args.self_multiplier, args.self_shift)
      .factor("other_multiplier", args.other_multiplier, args.other_shift)
      .factor("output_multiplier", args.output_multiplier, args.output_shift)
      .range("self_zero_point", args.self_zero_point, -128, 127)
      .range("other_zero_point", args.other_zero_point, -128, 127)
      .range("output_zero_point", args.output_zero_point, -128, 127)
      .activation(args.activation_min, args.activation_max);
  if (!check.ok()) return check.code();
  plan.nest = binary_nest(args.out, args.self, args.other);
  plan.self = args.self.as<std::int8_t>();
  plan.other = args.other.as<std::int8_t>();
  plan.out = args.out.as<std::int8_t>();
  plan.self_factor = {args.self_zero_point, args.self_multiplier, args.self_shift};
  plan.other_factor = {args.other_zero_point, args.other_multiplier, args.other_shift};
  plan.output_factor = {args.output_zero_point, args.output_multiplier, args.output_shift};
  plan.activation_min = args.activation_min;
  plan.activation_max = args.activation_max;
  return ErrorCode::ok;
}

void run_plan(const Plan& plan) {
  // Copies: the compiler need not fear that the output overwrites them.
  const Factor a = plan.self_factor, b = plan.other_factor, y = plan.output_factor;
  const std::int32_t low = plan.activation_min, high = plan.activation_max;
  map_binary(plan.nest, plan.out, plan.self, plan.other, [=](std::int8_t self, std::int8_t other) {
    const std::int32_t sum = wrapping_add(a.scaled(self), b.scaled(other));
    const std::int32_t result = wrapping_add(requantize(sum, y.multiplier, y.shift), y.zero_point);
    return static_cast<std::int8_t>(clamp(result, low, high));
  });
}

}  // namespace

extern const Kernel cortex_m__quantized_add_out;
const Kernel cortex_m__quantized_add_out = kernel_row<QuantizedAddArgs, Plan, make_plan, run_plan>();

}  // namespace cortado::ops
