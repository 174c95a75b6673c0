#include <string.h>

#include "ops/reductions/contract.h"
#include "ops/reductions/plan.h"

namespace cortado::ops {
namespace {

using reductions::Dims;
using reductions::Plan;

template <class Function>
ErrorCode plan_over(const Tensor& self, const Tensor& out, Dims dims, bool keepdim, Plan& plan, ErrorReport& report) {
  return reductions::make_plan(self, out, dims, keepdim, Function::result, Function::needs_elements, plan, report);
}

template <class Kind>
ErrorCode plan_for(const ReduceAllArgs<Kind>& args, Plan& plan, ErrorReport& report) {
  return plan_over<typename Kind::Function>(args.self, args.out, reductions::all_dims(args.self), false, plan, report);
}
template <class Kind>
ErrorCode plan_for(const ReduceAllToTypeArgs<Kind>& args, Plan& plan, ErrorReport& report) {
  return plan_over<typename Kind::Function>(args.self, args.out, reductions::all_dims(args.self), false, plan, report);
}
template <class Kind, class Dim>
ErrorCode plan_for(const ReduceToTypeArgs<Kind, Dim>& args, Plan& plan, ErrorReport& report) {
  Check check(report);
  const Dims dims = reductions::dims_of(check, args.dim, args.self);
  return plan_over<typename Kind::Function>(args.self, args.out, dims, args.keepdim, plan, report);
}
template <class Kind, class Dim>
ErrorCode plan_for(const ReduceArgs<Kind, Dim>& args, Plan& plan, ErrorReport& report) {
  Check check(report);
  Dims dims = reductions::dims_of(check, args.dim, args.self);
  if constexpr (std::is_same_v<Dim, OptionalIntList>)  // any.dims
    if (args.dim.present && args.dim.count == 0) dims = {};
  return plan_over<typename Kind::Function>(args.self, args.out, dims, args.keepdim, plan, report);
}

// T is double or std::int64_t; load(offset) gives an element.
template <class Function, class T, class Load>
void reduce(const Plan& plan, Load load) {
  const std::int32_t kept = plan.kept.row_size();
  for_each_row(plan.kept, [&](const std::int32_t* offset) {
    for (std::int32_t i = 0; i < kept; ++i) {
      const std::int32_t first = offset[1] + i * plan.kept.row_stride(1);
      T total{};
      if constexpr (Function::needs_elements)
        total = load(first);  // chosen from twice, which changes nothing
      else
        total = static_cast<T>(Function::start);
      reductions::for_each_reduced(plan, first,
                                   [&](std::int32_t at) { Function::add(total, static_cast<T>(load(at))); });
      Number y;
      y.is_integer = std::is_integral_v<T>;
      if constexpr (std::is_integral_v<T>)
        y.integer = total;
      else
        y.real = Function::result != reductions::Result::real ? total
                 : plan.count == 0                            ? __builtin_nan("")
                                                              : total / plan.count;
      store_number(plan.to, plan.out, offset[0] + i * plan.kept.row_stride(0), y);
    }
  });
}

template <class Function>
void run(const Plan& plan) {
  if (plan.from == DType::f32)
    return reduce<Function, double>(
        plan, [&](std::int32_t at) { return static_cast<double>(static_cast<const float*>(plan.self)[at]); });
  if (plan.in_reals)
    return reduce<Function, double>(plan,
                                    [&](std::int32_t at) { return load_number(plan.from, plan.self, at).as_real(); });
  if (plan.from == DType::i8)
    return reduce<Function, std::int64_t>(
        plan, [&](std::int32_t at) { return std::int64_t{static_cast<const std::int8_t*>(plan.self)[at]}; });
  return reduce<Function, std::int64_t>(plan,
                                        [&](std::int32_t at) { return load_number(plan.from, plan.self, at).integer; });
}

// --- variances

ErrorCode plan_spread(const Tensor& self, const Tensor& out, const OptionalIntList& list, bool keepdim,
                      double correction, Plan& plan, ErrorReport& report) {
  Check check(report);
  const Dims dims = reductions::dims_of(check, list, self);
  check.that(is_float(self.dtype), "the variance is of floats");
  reductions::make_plan(self, out, dims, keepdim, reductions::Result::real, false, plan, report);
  plan.divisor = plan.count - correction;
  return report.code();
}
ErrorCode plan_var(const VarArgs& args, Plan& plan, ErrorReport& report) {
  return plan_spread(args.self, args.out, args.dim, args.keepdim, args.unbiased ? 1 : 0, plan, report);
}
ErrorCode plan_var_correction(const VarCorrectionArgs& args, Plan& plan, ErrorReport& report) {
  return plan_spread(args.self, args.out, args.dim, args.keepdim,
                     args.correction.present ? args.correction.as_double() : 1, plan, report);
}

double spread_at(const Plan& plan, std::int32_t first) {
  const auto load = [&](std::int32_t at) { return load_number(plan.from, plan.self, at).real; };
  double total = 0, squares = 0;
  reductions::for_each_reduced(plan, first, [&](std::int32_t at) { total += load(at); });
  const double mean = total / plan.count;
  reductions::for_each_reduced(plan, first, [&](std::int32_t at) { squares += (load(at) - mean) * (load(at) - mean); });
  return plan.divisor > 0 ? squares / plan.divisor : __builtin_nan("");
}

void run_spread(const Plan& plan) {
  for_each_row(plan.kept, [&](const std::int32_t* offset) {
    for (std::int32_t i = 0; i < plan.kept.row_size(); ++i) {
      Number y;
      y.is_integer = false;
      y.real = spread_at(plan, offset[1] + i * plan.kept.row_stride(1));
      store_number(plan.to, plan.out, offset[0] + i * plan.kept.row_stride(0), y);
    }
  });
}

template <class Args>
constexpr Kernel row() {
  return kernel_row<Args, Plan, plan_for, run<typename Args::Function>>();
}

}  // namespace

#define CORTADO_REDUCTION(symbol, ...) \
  extern const Kernel symbol;          \
  const Kernel symbol = row<__VA_ARGS__>();
#include "ops/reductions/symbols.h"
#undef CORTADO_REDUCTION

extern const Kernel aten__var_out, aten__var_correction_out;
const Kernel aten__var_out = kernel_row<VarArgs, Plan, plan_var, run_spread>();
const Kernel aten__var_correction_out = kernel_row<VarCorrectionArgs, Plan, plan_var_correction, run_spread>();

}  // namespace cortado::ops
