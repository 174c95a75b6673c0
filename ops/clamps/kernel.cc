#include "ops/checks.h"
#include "ops/clamps/contract.h"
#include "ops/element.h"

namespace cortado::ops {
namespace {

struct Plan {
  const void* self;
  void* out;
  std::uint32_t count;
  DType dtype;
  double low_real, high_real;  // float types
  std::int64_t low, high;      // integer types
};

// A limit of an integer type may be any number: x ≥ 0.5 is x ≥ 1, and beyond the type's range it limits nothing.
std::int64_t integer_limit(const Scalar& limit, bool is_low) {
  if (limit.is_integer || limit.is_boolean) return limit.integer;
  std::int64_t value = converted<std::int64_t>(number_of(limit));
  if (is_low && static_cast<double>(value) < limit.number && value < INT64_MAX) ++value;
  if (!is_low && static_cast<double>(value) > limit.number && value > INT64_MIN) --value;
  return value;
}

ErrorCode plan_limits(const Tensor& self, const Tensor& out, const Scalar* low, const Scalar* high, Plan& plan,
                      ErrorReport& report) {
  Check check(report);
  check.dtype("out", out, self.dtype)
      .that(has_type(self.dtype), "this element type has no order")
      .that(same_sizes(self, out), "out must have the sizes of self")
      .that(same_sizes(self, out) && same_order(self, out), "out must have the memory order of self");
  plan.self = self.data;
  plan.out = out.data;
  plan.count = static_cast<std::uint32_t>(self.elements());
  plan.dtype = self.dtype;
  plan.low_real = low != nullptr ? low->as_double() : -__builtin_inf();
  plan.high_real = high != nullptr ? high->as_double() : __builtin_inf();
  plan.low = low != nullptr ? integer_limit(*low, true) : INT64_MIN;
  plan.high = high != nullptr ? integer_limit(*high, false) : INT64_MAX;
  return check.code();
}

ErrorCode plan_clamp(const ClampArgs& args, Plan& plan, ErrorReport& report) {
  return plan_limits(args.self, args.out, args.min.present ? &args.min : nullptr,
                     args.max.present ? &args.max : nullptr, plan, report);
}

ErrorCode plan_relu(const ReluArgs& args, Plan& plan, ErrorReport& report) {
  Scalar zero;
  zero.is_integer = true;
  return plan_limits(args.self, args.out, &zero, nullptr, plan, report);
}

ErrorCode plan_hardtanh(const HardtanhArgs& args, Plan& plan, ErrorReport& report) {
  return plan_limits(args.self, args.out, &args.min_val, &args.max_val, plan, report);
}

// The upper limit wins where they cross, as in PyTorch.
template <class T>
void limit(const Plan& plan, T low, T high) {
  const T* self = static_cast<const T*>(plan.self);
  T* out = static_cast<T*>(plan.out);
  for (std::uint32_t i = 0; i < plan.count; ++i) {
    const T raised = self[i] < low ? low : self[i];
    out[i] = raised > high ? high : raised;
  }
}

void run_plan(const Plan& plan) {
  with_type(plan.dtype, [&](auto type) {
    using T = decltype(type);
    if constexpr (std::is_integral_v<T>) {
      // Into the type's own range, where a limit at its end changes nothing.
      Number low, high;
      low.is_integer = high.is_integer = false;
      low.real = static_cast<double>(plan.low);
      high.real = static_cast<double>(plan.high);
      const T low_end = sizeof(T) == 8 ? static_cast<T>(plan.low) : converted<T>(low);
      const T high_end = sizeof(T) == 8 ? static_cast<T>(plan.high) : converted<T>(high);
      limit(plan, low_end, high_end);
    } else {
      limit(plan, static_cast<T>(plan.low_real), static_cast<T>(plan.high_real));
    }
  });
}

}  // namespace

extern const Kernel aten__clamp_out, aten__relu_out, aten__hardtanh_out;
const Kernel aten__clamp_out = kernel_row<ClampArgs, Plan, plan_clamp, run_plan>();
const Kernel aten__relu_out = kernel_row<ReluArgs, Plan, plan_relu, run_plan>();
const Kernel aten__hardtanh_out = kernel_row<HardtanhArgs, Plan, plan_hardtanh, run_plan>();

}  // namespace cortado::ops
