#include "ops/arithmetic/contract.h"
#include "ops/arithmetic/functions.h"
#include "ops/arithmetic/plan.h"

namespace cortado::ops {
namespace {

using arithmetic::Plan;

template <class Function>
void set_function(Plan& plan, double alpha_real = 1, std::int64_t alpha = 1) {
  plan.of_real = Function::of;
  plan.of_integer = Function::of;
  plan.alpha_real = static_cast<float>(alpha_real);
  plan.alpha = alpha;
}

template <class Kind>
ErrorCode plan_for(const TensorTensorArgs<Kind>& args, Plan& plan, ErrorReport& report) {
  set_function<Kind>(plan);
  return arithmetic::make_plan<Kind>(args.self, args.other, args.out, plan, report);
}
template <class Kind>
ErrorCode plan_for(const TensorScalarArgs<Kind>& args, Plan& plan, ErrorReport& report) {
  set_function<Kind>(plan);
  return arithmetic::make_plan<Kind>(args.self, arithmetic::scalar_operand(args.self.dtype, args.other, plan), args.out,
                                     plan, report);
}
template <class Kind>
ErrorCode plan_for(const ScaledTensorArgs<Kind>& args, Plan& plan, ErrorReport& report) {
  set_function<Kind>(plan, args.alpha.as_double(), arithmetic::integer_of(args.alpha));
  return arithmetic::make_plan<Kind>(args.self, args.other, args.out, plan, report);
}
template <class Kind>
ErrorCode plan_for(const ScaledScalarArgs<Kind>& args, Plan& plan, ErrorReport& report) {
  set_function<Kind>(plan, args.alpha.as_double(), arithmetic::integer_of(args.alpha));
  return arithmetic::make_plan<Kind>(args.self, arithmetic::scalar_operand(args.self.dtype, args.other, plan), args.out,
                                     plan, report);
}

ErrorCode plan_rounded(const Tensor& self, const Tensor& other, const OptionalString& mode, const Tensor& out,
                       Plan& plan, ErrorReport& report) {
  if (!mode.present) {
    set_function<arithmetic::Div>(plan);
    return arithmetic::make_plan<arithmetic::Div>(self, other, out, plan, report);
  }
  const bool floors = mode.length == 5 && memcmp(mode.text, "floor", 5) == 0;
  Check(report).that(floors || (mode.length == 5 && memcmp(mode.text, "trunc", 5) == 0),
                     "rounding_mode must be floor, trunc or None");
  if (floors)
    set_function<arithmetic::FloorDivide>(plan);
  else
    set_function<arithmetic::TruncDivide>(plan);
  return arithmetic::make_plan<arithmetic::FloorDivide>(self, other, out, plan, report);
}
ErrorCode plan_div_mode(const DivModeArgs& args, Plan& plan, ErrorReport& report) {
  return plan_rounded(args.self, args.other, args.rounding_mode, args.out, plan, report);
}
ErrorCode plan_div_scalar_mode(const DivScalarModeArgs& args, Plan& plan, ErrorReport& report) {
  const Tensor other = arithmetic::scalar_operand(args.self.dtype, args.other, plan);
  return plan_rounded(args.self, other, args.rounding_mode, args.out, plan, report);
}

ErrorCode plan_pow_scalar(const PowScalarArgs& args, Plan& plan, ErrorReport& report) {
  set_function<arithmetic::Pow>(plan);
  const Tensor self = arithmetic::scalar_operand(args.exponent.dtype, args.self, plan);
  return arithmetic::make_plan<arithmetic::Pow>(self, args.exponent, args.out, plan, report);
}

template <class Args>
constexpr Kernel row() {
  return kernel_row<Args, Plan, plan_for, arithmetic::run<typename Args::Function>>();
}

}  // namespace

#define CORTADO_ARITHMETIC(symbol, ...) \
  extern const Kernel symbol;           \
  const Kernel symbol = row<__VA_ARGS__>();
#include "ops/arithmetic/symbols.h"
#undef CORTADO_ARITHMETIC

extern const Kernel aten__div_out_mode, aten__div_Scalar_mode_out, aten__pow_Scalar_out;
const Kernel aten__div_out_mode = kernel_row<DivModeArgs, Plan, plan_div_mode, arithmetic::run_any>();
const Kernel aten__div_Scalar_mode_out =
    kernel_row<DivScalarModeArgs, Plan, plan_div_scalar_mode, arithmetic::run_any>();
const Kernel aten__pow_Scalar_out = kernel_row<PowScalarArgs, Plan, plan_pow_scalar, arithmetic::run_any>();

}  // namespace cortado::ops
