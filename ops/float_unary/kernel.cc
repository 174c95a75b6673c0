#include "ops/checks.h"
#include "ops/element.h"
#include "ops/float_unary/contract.h"
#include "ops/float_unary/functions.h"
#include "ops/strided.h"

namespace cortado::ops {
namespace {

using functions::Integers;
using functions::Parameters;

struct Plan {
  Nest<2> nest;
  const void* self;
  void* out;
  DType from, to;
  double (*of_real)(double, const Parameters&);
  std::int64_t (*of_integer)(std::int64_t);  // null: integers are reals
  Parameters parameters;
};

ErrorCode make_plan(const Tensor& self, const Tensor& out, Integers integers, Plan& plan, ErrorReport& report) {
  Check check(report);
  check.that(has_type(self.dtype), "no function of this element type")
      .that(same_sizes(self, out), "out must have the sizes of self");
  const bool keeps = integers == Integers::keep && !is_float(self.dtype);
  check.dtype("out", out,
              integers == Integers::predicate ? DType::boolean
              : keeps                         ? self.dtype
              : is_float(self.dtype)          ? self.dtype
                                              : DType::f32);
  if (!check.ok()) return check.code();
  plan.nest = unary_nest(out, self);
  plan.self = self.data;
  plan.out = out.data;
  plan.from = self.dtype;
  plan.to = out.dtype;
  if (!keeps) plan.of_integer = nullptr;
  return check.code();
}

void run_other_types(const Plan& plan) {
  for_each_row(plan.nest, [&](const std::int32_t* offset) {
    for (std::int32_t i = 0; i < plan.nest.row_size(); ++i) {
      Number x = load_number(plan.from, plan.self, offset[1] + i * plan.nest.row_stride(1));
      Number y;
      y.is_integer = plan.of_integer != nullptr;
      if (y.is_integer)
        y.integer = plan.of_integer(x.integer);
      else
        y.real = plan.of_real(x.as_real(), plan.parameters);
      store_number(plan.to, plan.out, offset[0] + i * plan.nest.row_stride(0), y);
    }
  });
}

void run_plan(const Plan& plan) {
  if (plan.from != DType::f32 || plan.to != DType::f32) return run_other_types(plan);
  map_unary(plan.nest, static_cast<float*>(plan.out), static_cast<const float*>(plan.self),
            [&](float x) { return static_cast<float>(plan.of_real(static_cast<double>(x), plan.parameters)); });
}

template <class F>
ErrorCode plan_unary(const UnaryArgs<F>& args, Plan& plan, ErrorReport& report) {
  plan.of_real = F::of;
  if constexpr (F::integers == Integers::keep) plan.of_integer = F::of;
  return make_plan(args.self, args.out, F::integers, plan, report);
}

ErrorCode plan_elu(const EluArgs& args, Plan& plan, ErrorReport& report) {
  plan.of_real = functions::Elu::of;
  plan.parameters = {args.alpha.as_double() * args.scale.as_double(), args.scale.as_double(),
                     args.input_scale.as_double()};
  return make_plan(args.self, args.out, Integers::real, plan, report);
}
ErrorCode plan_leaky_relu(const LeakyReluArgs& args, Plan& plan, ErrorReport& report) {
  plan.of_real = functions::LeakyRelu::of;
  plan.parameters.a = args.negative_slope.as_double();
  return make_plan(args.self, args.out, Integers::real, plan, report);
}
ErrorCode plan_gelu(const GeluArgs& args, Plan& plan, ErrorReport& report) {
  const String& text = args.approximate;
  const bool by_tanh = text.length == 4 && memcmp(text.text, "tanh", 4) == 0;
  Check(report).that(by_tanh || (text.length == 4 && memcmp(text.text, "none", 4) == 0),
                     "approximate must be none or tanh");
  plan.of_real = by_tanh ? functions::TanhGelu::of : functions::Gelu::of;
  return make_plan(args.self, args.out, Integers::real, plan, report);
}
ErrorCode plan_logit(const LogitArgs& args, Plan& plan, ErrorReport& report) {
  plan.of_real = functions::Logit::of;
  plan.parameters.a = args.eps.present ? args.eps.value : -1;
  return make_plan(args.self, args.out, Integers::real, plan, report);
}

template <class F>
constexpr Kernel row() {
  return kernel_row<UnaryArgs<F>, Plan, plan_unary<F>, run_plan>();
}

}  // namespace

#define CORTADO_FUNCTION(symbol, Type) \
  extern const Kernel symbol;          \
  const Kernel symbol = row<functions::Type>();
#include "ops/float_unary/symbols.h"
#undef CORTADO_FUNCTION

extern const Kernel aten__elu_out, aten__leaky_relu_out, aten__gelu_out, aten__logit_out;
const Kernel aten__elu_out = kernel_row<EluArgs, Plan, plan_elu, run_plan>();
const Kernel aten__leaky_relu_out = kernel_row<LeakyReluArgs, Plan, plan_leaky_relu, run_plan>();
const Kernel aten__gelu_out = kernel_row<GeluArgs, Plan, plan_gelu, run_plan>();
const Kernel aten__logit_out = kernel_row<LogitArgs, Plan, plan_logit, run_plan>();

}  // namespace cortado::ops
