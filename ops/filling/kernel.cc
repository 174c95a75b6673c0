#include <string.h>

#include "ops/checks.h"
#include "ops/element.h"
#include "ops/filling/contract.h"

namespace cortado::ops {
namespace {

struct Plan {
  void* out;
  std::uint32_t count;
  DType dtype;
  std::uint64_t element;  // its first bytes hold one
};

ErrorCode plan_fill(const Number& value, const Tensor& out, Plan& plan, ErrorReport& report) {
  Check check(report);
  check.that(has_type(out.dtype), "no numbers of this element type");
  plan.out = out.data;
  plan.count = static_cast<std::uint32_t>(out.elements());
  plan.dtype = out.dtype;
  if (check.ok()) store_number(out.dtype, &plan.element, 0, value);
  return check.code();
}

ErrorCode plan_full(const FullArgs& args, Plan& plan, ErrorReport& report) {
  return plan_fill(number_of(args.fill_value), args.out, plan, report);
}
ErrorCode plan_full_like(const FullLikeArgs& args, Plan& plan, ErrorReport& report) {
  Check(report).that(same_sizes(args.self, args.out), "out must have the sizes of self");
  return plan_fill(number_of(args.fill_value), args.out, plan, report);
}
ErrorCode plan_fill_scalar(const FillArgs& args, Plan& plan, ErrorReport& report) {
  Check(report).that(same_sizes(args.self, args.out), "out must have the sizes of self");
  return plan_fill(number_of(args.value), args.out, plan, report);
}
ErrorCode plan_scalar_tensor(const ScalarTensorArgs& args, Plan& plan, ErrorReport& report) {
  return plan_fill(number_of(args.s), args.out, plan, report);
}
template <class Kind>
ErrorCode plan_constant(const ConstantArgs<Kind>& args, Plan& plan, ErrorReport& report) {
  Number value;
  value.integer = Kind::value;
  return plan_fill(value, args.out, plan, report);
}

void run_fill(const Plan& plan) {
  const std::size_t bytes = size_bytes(plan.dtype);
  auto* to = static_cast<std::uint8_t*>(plan.out);
  for (std::uint32_t i = 0; i < plan.count; ++i, to += bytes) memcpy(to, &plan.element, bytes);
}

struct RangePlan {
  void* out;
  std::uint32_t count;
  DType dtype;
  Number start, step;
};

// Integers are counted exactly; reals in double, as PyTorch does.
ErrorCode plan_range(const Scalar& start, const Scalar& end, const Scalar& step, const Tensor& out, RangePlan& plan,
                     ErrorReport& report) {
  Check check(report);
  check.that(has_type(out.dtype), "no numbers of this element type").range("out rank", out.rank, 1, 1);
  check.that(step.as_double() != 0, "step must not be 0");
  const double length = (end.as_double() - start.as_double()) / (step.as_double() == 0 ? 1 : step.as_double());
  check.that(length >= 0 && length < 0x1p31, "step leads away from end");
  if (!check.ok()) return check.code();
  const auto whole = static_cast<std::int64_t>(length);
  check.equal("out", "'s length", out.size(0), whole + (static_cast<double>(whole) < length ? 1 : 0));
  plan = {out.data, static_cast<std::uint32_t>(out.elements()), out.dtype, number_of(start), number_of(step)};
  return check.code();
}

ErrorCode plan_arange_start(const ArangeStartArgs& args, RangePlan& plan, ErrorReport& report) {
  return plan_range(args.start, args.end, args.step, args.out, plan, report);
}
ErrorCode plan_arange(const ArangeArgs& args, RangePlan& plan, ErrorReport& report) {
  Scalar zero, one;
  zero.is_integer = one.is_integer = true;
  one.integer = 1;
  return plan_range(zero, args.end, one, args.out, plan, report);
}

void run_range(const RangePlan& plan) {
  for (std::uint32_t i = 0; i < plan.count; ++i) {
    Number value;
    value.is_integer = plan.start.is_integer && plan.step.is_integer;
    if (value.is_integer)
      value.integer = static_cast<std::int64_t>(static_cast<std::uint64_t>(plan.start.integer) +
                                                i * static_cast<std::uint64_t>(plan.step.integer));
    else
      value.real = plan.start.as_real() + i * plan.step.as_real();
    store_number(plan.dtype, plan.out, i, value);
  }
}

}  // namespace

extern const Kernel aten__full_out, aten__full_like_out, aten__fill_Scalar_out, aten__scalar_tensor_out,
    aten__zeros_out, aten__ones_out, aten__arange_start_out, aten__arange_out;
const Kernel aten__full_out = kernel_row<FullArgs, Plan, plan_full, run_fill>();
const Kernel aten__full_like_out = kernel_row<FullLikeArgs, Plan, plan_full_like, run_fill>();
const Kernel aten__fill_Scalar_out = kernel_row<FillArgs, Plan, plan_fill_scalar, run_fill>();
const Kernel aten__scalar_tensor_out = kernel_row<ScalarTensorArgs, Plan, plan_scalar_tensor, run_fill>();
const Kernel aten__zeros_out = kernel_row<ConstantArgs<Zeros>, Plan, plan_constant<Zeros>, run_fill>();
const Kernel aten__ones_out = kernel_row<ConstantArgs<Ones>, Plan, plan_constant<Ones>, run_fill>();
const Kernel aten__arange_start_out = kernel_row<ArangeStartArgs, RangePlan, plan_arange_start, run_range>();
const Kernel aten__arange_out = kernel_row<ArangeArgs, RangePlan, plan_arange, run_range>();

}  // namespace cortado::ops
