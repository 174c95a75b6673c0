#include "ops/add/factor.h"
#include "ops/checks.h"
#include "ops/strided.h"

namespace cortado::ops {
namespace {

struct Plan {
  Nest<3> nest;
  const std::int8_t *self, *other;
  std::int8_t* out;
  AddArithmetic arithmetic;
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
  plan.arithmetic = {{args.self_zero_point, args.self_multiplier, args.self_shift},
                     {args.other_zero_point, args.other_multiplier, args.other_shift},
                     {args.output_zero_point, args.output_multiplier, args.output_shift},
                     args.activation_min,
                     args.activation_max};
  return ErrorCode::ok;
}

void run_plan(const Plan& plan) {
  // A copy: the compiler need not fear that the output overwrites it.
  const AddArithmetic arithmetic = plan.arithmetic;
  map_binary(plan.nest, plan.out, plan.self, plan.other, arithmetic);
}

}  // namespace

extern const Kernel cortex_m__quantized_add_out;
const Kernel cortex_m__quantized_add_out = kernel_row<QuantizedAddArgs, Plan, make_plan, run_plan>();

}  // namespace cortado::ops
