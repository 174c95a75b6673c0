#include "ops/mul/arithmetic.h"
#include "ops/mul/contract.h"
#include "ops/strided.h"

namespace cortado::ops {
namespace {

struct Plan {
  Nest<3> nest;
  const std::int8_t *self, *other;
  std::int8_t* out;
  MulArithmetic arithmetic;
};

ErrorCode make_plan(const QuantizedMulArgs& args, Plan& plan, ErrorReport& report) {
  Check check(report);
  check.dtype("self", args.self, DType::i8)
      .dtype("other", args.other, DType::i8)
      .dtype("out", args.out, DType::i8)
      .that(broadcasts_to(args.self, args.out), "self does not broadcast to out")
      .that(broadcasts_to(args.other, args.out), "other does not broadcast to out");
  plan.arithmetic = {args.self_zero_point, args.other_zero_point, args.output_zero_point, args.output_multiplier,
                     args.output_shift};
  check_mul(check, plan.arithmetic);
  if (!check.ok()) return check.code();
  plan.nest = binary_nest(args.out, args.self, args.other);
  plan.self = args.self.as<std::int8_t>();
  plan.other = args.other.as<std::int8_t>();
  plan.out = args.out.as<std::int8_t>();
  return check.code();
}

void run_plan(const Plan& plan) {
  const MulArithmetic arithmetic = plan.arithmetic;
  map_binary(plan.nest, plan.out, plan.self, plan.other, arithmetic);
}

}  // namespace

extern const Kernel cortex_m__quantized_mul_out;
const Kernel cortex_m__quantized_mul_out = kernel_row<QuantizedMulArgs, Plan, make_plan, run_plan>();

}  // namespace cortado::ops
