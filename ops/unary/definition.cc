// The elementwise functions, one line each. On int8 each is a table of 256 entries.
#include <cmath>
#include <numbers>

#include "ops/operator_list.h"
#include "ops/unary/float_forms.h"
#include "ops/unary/function.h"

namespace cortado::ops {
namespace {

using unary::function;
using unary::Parameters;
using P = const Parameters&;
constexpr auto keep = unary::Promotion::keep;
constexpr auto predicate = unary::Promotion::predicate;

// The other functions are built from these; they keep their accuracy for large |x|.
template <class T>
T sigmoid(T x) {
  return T{1} / (T{1} + std::exp(-x));
}
template <class T>
T softplus(T x) {
  return x > 0 ? x + std::log1p(std::exp(-x)) : std::log1p(std::exp(x));
}
template <class T>
T hard_gate(T x) {  // clamp(x + 3, 0, 6)
  const T shifted = x + T{3};
  return shifted < 0 ? T{0} : shifted > 6 ? T{6} : shifted;
}
template <class T>
T gelu(T x, bool by_tanh) {
  constexpr T half = T{0.5};
  if (!by_tanh) return x * half * (T{1} + std::erf(x * static_cast<T>(std::numbers::sqrt2 / 2)));
  constexpr T beta = static_cast<T>(std::numbers::sqrt2 * std::numbers::inv_sqrtpi);
  return half * x * (T{1} + std::tanh(beta * (x + static_cast<T>(0.044715) * x * x * x)));
}
template <class T>
T elu(T x, double alpha, double scale, double input_scale) {
  const T negative = static_cast<T>(alpha * scale);
  return x <= 0 ? std::expm1(x * static_cast<T>(input_scale)) * negative : x * static_cast<T>(scale);
}

template <class T>
constexpr bool is_real = std::is_floating_point_v<T>;

// clang-format off: one line, one function
void add_activations(Registry& r) {
  r.add(function("aten::sigmoid.default", "Tensor self", "y = 1 / (1 + e^−x)", "aten::sigmoid.out", [](auto x, P) { return sigmoid(x); }));
  r.add(function("aten::log_sigmoid.default", "Tensor self", "y = log(1 / (1 + e^−x))", "", [](auto x, P) { return -softplus(-x); }));
  r.add(function("aten::tanh.default", "Tensor self", "y = tanh(x)", "aten::tanh.out", [](auto x, P) { return std::tanh(x); }));
  r.add(function("aten::silu.default", "Tensor self", "y = x / (1 + e^−x)", "", [](auto x, P) { return x / (1 + std::exp(-x)); }));
  r.add(function("aten::mish.default", "Tensor self", "y = x · tanh(log(1 + e^x))", "", [](auto x, P) { return x * std::tanh(softplus(x)); }));
  r.add(function("aten::gelu.default", "Tensor self, *, str approximate='none'", "y = x · Φ(x), or its tanh form", "aten::gelu.out", [](auto x, P p) { return gelu(x, p[0] != 0); }));
  Definition hardsigmoid = function("aten::hardsigmoid.default", "Tensor self", "y = clamp(x + 3, 0, 6) / 6", "", [](auto x, P) { return hard_gate(x) / 6; });
  hardsigmoid.quantization.fuses_into_producer = true;
  hardsigmoid.clamp_form = [](const Operands&) -> std::optional<ClampForm> { return ClampForm{6, 0.5, 0, 1}; };
  r.add(std::move(hardsigmoid));
  r.add(function("aten::hardswish.default", "Tensor self", "y = x · clamp(x + 3, 0, 6) / 6", "", [](auto x, P) { return x * hard_gate(x) / 6; }));
  r.add(function("aten::elu.default", "Tensor self, Scalar alpha=1, Scalar scale=1, Scalar input_scale=1", "y = scale · (x > 0 ? x : alpha · (e^(x · input_scale) − 1))", "aten::elu.out", [](auto x, P p) { return elu(x, p[0], p[1], p[2]); }));
  r.add(function("aten::selu.default", "Tensor self", "y = 1.0507 · (x > 0 ? x : 1.6733 · (e^x − 1))", "", [](auto x, P) { return elu(x, 1.6732632423543772848170429916717, 1.0507009873554804934193349852946, 1); }));
  r.add(function("aten::celu.default", "Tensor self, Scalar alpha=1.", "y = x > 0 ? x : alpha · (e^(x / alpha) − 1)", "", [](auto x, P p) { return elu(x, p[0], 1, 1 / p[0]); }));
  r.add(function("aten::leaky_relu.default", "Tensor self, Scalar negative_slope=0.01", "y = x > 0 ? x : negative_slope · x", "aten::leaky_relu.out", [](auto x, P p) { using T = decltype(x); return x > 0 ? x : x * static_cast<T>(p[0]); }));
  r.add(function("aten::softplus.default", "Tensor self, Scalar beta=1, Scalar threshold=20", "y = log(1 + e^(beta · x)) / beta; x above the threshold", "", [](auto x, P p) { using T = decltype(x); const T b = static_cast<T>(p[0]); return x * b > static_cast<T>(p[1]) ? x : std::log1p(std::exp(x * b)) / b; }));
  r.add(function("aten::hardshrink.default", "Tensor self, Scalar lambd=0.5", "y = |x| > lambd ? x : 0", "", [](auto x, P p) { using T = decltype(x); return std::fabs(x) <= static_cast<T>(p[0]) ? T{0} : x; }));
  r.add(function("aten::softshrink.default", "Tensor self, Scalar lambd=0.5", "y = x − clamp(x, −lambd, lambd)", "", [](auto x, P p) { using T = decltype(x); const T l = static_cast<T>(p[0]); return x > l ? x - l : x < -l ? x + l : x * 0; }));
  r.add(function<keep>("aten::threshold.default", "Tensor self, Scalar threshold, Scalar value", "y = x > threshold ? x : value", "", [](auto x, P p) { using T = decltype(x); return x <= static_cast<T>(p[0]) ? static_cast<T>(p[1]) : x; }));
  r.add(function("aten::logit.default", "Tensor self, float? eps=None", "y = log(x / (1 − x)), x clamped to eps … 1 − eps", "aten::logit.out", [](auto x, P p) { using T = decltype(x); const T e = static_cast<T>(p[0]); const T c = x < e ? e : x > 1 - e ? 1 - e : x; return std::log(c / (1 - c)); }));
}

void add_logarithms_and_powers(Registry& r) {
  r.add(function("aten::exp.default", "Tensor self", "y = e^x", "aten::exp.out", [](auto x, P) { return std::exp(x); }));
  r.add(function("aten::exp2.default", "Tensor self", "y = 2^x", "", [](auto x, P) { return std::exp2(x); }));
  r.add(function("aten::expm1.default", "Tensor self", "y = e^x − 1", "aten::expm1.out", [](auto x, P) { return std::expm1(x); }));
  r.add(function("aten::log.default", "Tensor self", "y = ln x", "aten::log.out", [](auto x, P) { return std::log(x); }));
  r.add(function("aten::log2.default", "Tensor self", "y = log₂ x", "aten::log2.out", [](auto x, P) { return std::log2(x); }));
  r.add(function("aten::log10.default", "Tensor self", "y = log₁₀ x", "aten::log10.out", [](auto x, P) { return std::log10(x); }));
  r.add(function("aten::log1p.default", "Tensor self", "y = ln(1 + x)", "aten::log1p.out", [](auto x, P) { return std::log1p(x); }));
  r.add(function("aten::sqrt.default", "Tensor self", "y = √x", "aten::sqrt.out", [](auto x, P) { return std::sqrt(x); }));
  r.add(function("aten::rsqrt.default", "Tensor self", "y = 1 / √x", "aten::rsqrt.out", [](auto x, P) { return 1 / std::sqrt(x); }));
  r.add(function("aten::reciprocal.default", "Tensor self", "y = 1 / x", "aten::reciprocal.out", [](auto x, P) { return 1 / x; }));
  r.add(function<keep>("aten::square.default", "Tensor self", "y = x²", "", [](auto x, P) { return x * x; }));
  r.add(function("aten::erf.default", "Tensor self", "y = erf(x)", "aten::erf.out", [](auto x, P) { return std::erf(x); }));
  r.add(function("aten::erfc.default", "Tensor self", "y = 1 − erf(x)", "", [](auto x, P) { return std::erfc(x); }));
}

void add_angles(Registry& r) {
  r.add(function("aten::sin.default", "Tensor self", "y = sin x", "aten::sin.out", [](auto x, P) { return std::sin(x); }));
  r.add(function("aten::cos.default", "Tensor self", "y = cos x", "aten::cos.out", [](auto x, P) { return std::cos(x); }));
  r.add(function("aten::tan.default", "Tensor self", "y = tan x", "aten::tan.out", [](auto x, P) { return std::tan(x); }));
  r.add(function("aten::asin.default", "Tensor self", "y = arcsin x", "aten::asin.out", [](auto x, P) { return std::asin(x); }));
  r.add(function("aten::acos.default", "Tensor self", "y = arccos x", "aten::acos.out", [](auto x, P) { return std::acos(x); }));
  r.add(function("aten::atan.default", "Tensor self", "y = arctan x", "aten::atan.out", [](auto x, P) { return std::atan(x); }));
  r.add(function("aten::sinh.default", "Tensor self", "y = sinh x", "aten::sinh.out", [](auto x, P) { return std::sinh(x); }));
  r.add(function("aten::cosh.default", "Tensor self", "y = cosh x", "aten::cosh.out", [](auto x, P) { return std::cosh(x); }));
  r.add(function("aten::asinh.default", "Tensor self", "y = arsinh x", "aten::asinh.out", [](auto x, P) { return std::asinh(x); }));
  r.add(function("aten::acosh.default", "Tensor self", "y = arcosh x", "aten::acosh.out", [](auto x, P) { return std::acosh(x); }));
  r.add(function("aten::atanh.default", "Tensor self", "y = artanh x", "aten::atanh.out", [](auto x, P) { return std::atanh(x); }));
  r.add(function("aten::deg2rad.default", "Tensor self", "y = x · π / 180", "", [](auto x, P) { using T = decltype(x); return x * static_cast<T>(std::numbers::pi / 180); }));
  r.add(function("aten::rad2deg.default", "Tensor self", "y = x · 180 / π", "", [](auto x, P) { using T = decltype(x); return x * static_cast<T>(180 / std::numbers::pi); }));
}

void add_signs_and_rounding(Registry& r) {
  r.add(function<keep>("aten::abs.default", "Tensor self", "y = |x|", "aten::abs.out", [](auto x, P) { return x < 0 ? -x : x == 0 ? x * x : x; }));
  r.add(function<keep>("aten::neg.default", "Tensor self", "y = −x", "aten::neg.out", [](auto x, P) { return -x; }));
  r.add(function<keep>("aten::positive.default", "Tensor self", "y = x", "", [](auto x, P) { return x; }));
  r.add(function<keep>("aten::sign.default", "Tensor self", "y = −1, 0 or 1 as the sign of x", "aten::sign.out", [](auto x, P) { using T = decltype(x); return static_cast<T>((x > 0) - (x < 0)); }));
  r.add(function<keep>("aten::sgn.default", "Tensor self", "y = −1, 0 or 1 as the sign of x", "", [](auto x, P) { using T = decltype(x); return static_cast<T>((x > 0) - (x < 0)); }));
  r.add(function<keep>("aten::floor.default", "Tensor self", "y = ⌊x⌋", "aten::floor.out", [](auto x, P) { if constexpr (is_real<decltype(x)>) return std::floor(x); else return x; }));
  r.add(function<keep>("aten::ceil.default", "Tensor self", "y = ⌈x⌉", "aten::ceil.out", [](auto x, P) { if constexpr (is_real<decltype(x)>) return std::ceil(x); else return x; }));
  r.add(function<keep>("aten::round.default", "Tensor self", "y = x rounded, halves to even", "aten::round.out", [](auto x, P) { if constexpr (is_real<decltype(x)>) return std::nearbyint(x); else return x; }));
  r.add(function<keep>("aten::trunc.default", "Tensor self", "y = x rounded towards zero", "aten::trunc.out", [](auto x, P) { if constexpr (is_real<decltype(x)>) return std::trunc(x); else return x; }));
  r.add(function<keep>("aten::frac.default", "Tensor self", "y = x − trunc(x)", "", [](auto x, P) { if constexpr (is_real<decltype(x)>) return x - std::trunc(x); else return x - x; }));
  r.add(function<predicate>("aten::isnan.default", "Tensor self", "y = whether x is not a number", "aten::isnan.out", [](auto x, P) { return x != x; }));
  r.add(function<predicate>("aten::isinf.default", "Tensor self", "y = whether x is infinite", "aten::isinf.out", [](auto x, P) { if constexpr (is_real<decltype(x)>) return std::isinf(x); else return false; }));
  r.add(function<predicate>("aten::isfinite.default", "Tensor self", "y = whether x is finite", "", [](auto x, P) { if constexpr (is_real<decltype(x)>) return std::isfinite(x); else return true; }));
  r.add(function<predicate>("aten::logical_not.default", "Tensor self", "y = whether x is 0", "aten::logical_not.out", [](auto x, P) { return x == 0; }));
  r.add(function<keep>("aten::nan_to_num.default", "Tensor self, float? nan=None, float? posinf=None, float? neginf=None", "y = x with numbers for NaN and infinities", "", [](auto x, P p) {
    using T = decltype(x);
    const auto given = [](double value, T otherwise) { return std::isnan(value) ? otherwise : static_cast<T>(value); };
    if constexpr (!is_real<T>) return x;
    else return std::isnan(x) ? given(p[0], T{0}) : !std::isinf(x) ? x : x > 0 ? given(p[1], std::numeric_limits<T>::max()) : given(p[2], std::numeric_limits<T>::lowest());
  }));
}

// clang-format on

// log_sigmoid_forward also gives a buffer that only training uses.
Definition log_sigmoid_forward() {
  Definition definition =
      function("aten::log_sigmoid_forward.default", "Tensor self", "y = log(1 / (1 + e^−x)), and an empty buffer", "",
               [](auto x, P) { return -softplus(-x); });
  definition.infer = [](const Operands& operands) -> Types {
    return std::vector{plain(float_dtype(operands.real_dtype("self")), operands.shape("self")),
                       plain(float_dtype(operands.real_dtype("self")), {0})};
  };
  definition.evaluate = [](const Operands& operands, const Environment& environment) -> Tensors {
    CORTADO_TRY(auto results, registry().find("aten::log_sigmoid.default")->evaluate(operands, environment));
    results.push_back(ir::Tensor(results[0].dtype(), {0}));
    return results;
  };
  return definition;
}

}  // namespace

void add_unary(Registry& registry) {
  add_activations(registry);
  add_logarithms_and_powers(registry);
  add_angles(registry);
  add_signs_and_rounding(registry);
  registry.add(log_sigmoid_forward());
  unary::set_float_forms(registry);
}

}  // namespace cortado::ops
