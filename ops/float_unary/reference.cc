// References and random cases of functions of one number: the same functions, applied by index.
#include "ops/case_row.h"
#include "ops/element.h"
#include "ops/float_unary/contract.h"
#include "ops/float_unary/functions.h"
#include "ops/index_map.h"

namespace cortado::ops {
namespace {

using functions::Integers;
using functions::Parameters;

template <class F>
void apply(const Tensor& self, const Tensor& out, F f) {
  for_each_logical_index(out, [&](const Index& index) {
    store_number(out.dtype, out.data, offset_of(out, index),
                 f(load_number(self.dtype, self.data, offset_of(self, index))));
  });
}

Number real_number(double value) {
  Number number;
  number.is_integer = false;
  number.real = value;
  return number;
}

template <class F>
void unary_reference(const UnaryArgs<F>& args) {
  apply(args.self, args.out, [](Number x) {
    if constexpr (F::integers == Integers::keep) {
      if (!x.is_integer) return real_number(F::of(x.real, {}));
      x.integer = F::of(x.integer);
      return x;
    } else {
      return real_number(F::of(x.as_real(), {}));
    }
  });
}

void elu_reference(const EluArgs& args) {
  const double a = args.alpha.as_double(), s = args.scale.as_double(), i = args.input_scale.as_double();
  apply(args.self, args.out,
        [&](const Number& x) { return real_number(functions::Elu::of(x.as_real(), {a * s, s, i})); });
}
void leaky_relu_reference(const LeakyReluArgs& args) {
  const double slope = args.negative_slope.as_double();
  apply(args.self, args.out,
        [&](const Number& x) { return real_number(x.as_real() > 0 ? x.as_real() : x.as_real() * slope); });
}
void gelu_reference(const GeluArgs& args) {
  apply(args.self, args.out, [&](const Number& x) {
    return real_number(args.approximate.text[0] == 't' ? functions::TanhGelu::of(x.as_real(), {})
                                                       : functions::Gelu::of(x.as_real(), {}));
  });
}
void logit_reference(const LogitArgs& args) {
  const double eps = args.eps.present ? args.eps.value : -1;
  apply(args.self, args.out,
        [&](const Number& x) { return real_number(functions::Logit::of(x.as_real(), {eps, 0, 0})); });
}

// `result` of a dtype gives the output's.
template <class Result>
bool make_tensors(CaseBuilder& builder, Tensor& self, Tensor& out, Result result) {
  Random& random = builder.random;
  constexpr DType dtypes[] = {DType::f32, DType::f32, DType::i8, DType::i32, DType::boolean};
  const DType dtype = dtypes[random.between(0, 4)];
  const std::size_t rank = random_rank(random, 0, 3);
  std::int32_t sizes[max_rank] = {};
  random_sizes(random, rank, sizes);
  self = ordered_tensor(builder, dtype, sizes, rank);
  out = ordered_tensor(builder, result(dtype), sizes, rank, true);
  if (!builder.fits() || dtype != DType::f32 || self.elements() == 0) return builder.fits();
  constexpr float extremes[] = {0.0f, -0.0f, 0.5f, -2.5f, 1e-30f, 3e38f, -3e38f, __builtin_inff()};
  if (random.chance(3))
    self.as<float>()[random.between(0, static_cast<std::int32_t>(self.elements()) - 1)] =
        extremes[random.between(0, 7)];
  if (random.chance(3))
    for (std::size_t i = 0; i < self.elements(); ++i) self.as<float>()[i] *= 0.125f;
  return true;
}

DType real_result(DType) { return DType::f32; }

template <class F>
bool unary_case(CaseBuilder& builder, UnaryArgs<F>& args) {
  return make_tensors(builder, args.self, args.out, [](DType dtype) {
    return F::integers == Integers::predicate ? DType::boolean : F::integers == Integers::keep ? dtype : DType::f32;
  });
}

Scalar scalar_of(double value) {
  Scalar scalar;
  scalar.number = value;
  return scalar;
}

bool elu_case(CaseBuilder& builder, EluArgs& args) {
  args.alpha = scalar_of(builder.random.between(1, 8) * 0.25);
  args.scale = scalar_of(builder.random.between(1, 8) * 0.25);
  args.input_scale = scalar_of(builder.random.between(1, 4) * 0.5);
  return make_tensors(builder, args.self, args.out, real_result);
}
bool leaky_relu_case(CaseBuilder& builder, LeakyReluArgs& args) {
  args.negative_slope = scalar_of(builder.random.between(0, 10) * 0.01);
  return make_tensors(builder, args.self, args.out, real_result);
}
bool gelu_case(CaseBuilder& builder, GeluArgs& args) {
  args.approximate = {builder.random.chance(2) ? "none" : "tanh", 4};
  return make_tensors(builder, args.self, args.out, real_result);
}
bool logit_case(CaseBuilder& builder, LogitArgs& args) {
  args.eps.present = builder.random.chance(2);
  args.eps.value = 0.01;
  return make_tensors(builder, args.self, args.out, real_result);
}

template <class F>
constexpr CaseRow row() {
  return case_row<UnaryArgs<F>, unary_reference<F>, unary_case<F>>();
}

}  // namespace

#define CORTADO_FUNCTION(symbol, Type) \
  extern const CaseRow symbol##_cases; \
  const CaseRow symbol##_cases = row<functions::Type>();
#include "ops/float_unary/symbols.h"
#undef CORTADO_FUNCTION

extern const CaseRow aten__elu_out_cases, aten__leaky_relu_out_cases, aten__gelu_out_cases, aten__logit_out_cases;
const CaseRow aten__elu_out_cases = case_row<EluArgs, elu_reference, elu_case>();
const CaseRow aten__leaky_relu_out_cases = case_row<LeakyReluArgs, leaky_relu_reference, leaky_relu_case>();
const CaseRow aten__gelu_out_cases = case_row<GeluArgs, gelu_reference, gelu_case>();
const CaseRow aten__logit_out_cases = case_row<LogitArgs, logit_reference, logit_case>();

}  // namespace cortado::ops
