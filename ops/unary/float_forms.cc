#include "ops/unary/float_forms.h"

#include <limits>
#include <numbers>

#include "ops/host/formula.h"

namespace cortado::ops::unary {
namespace {

using V = ir::Value*;

using O = const Operands&;

V where_equal(Formula& f, V x, double number, double replacement, V otherwise) {
  return f.where(f("eq.Scalar", x, {number}), f.number(replacement), otherwise);
}

// x + 3 between 0 and 6
V hard_gate(Formula& f, V x) { return f("clamp.default", f.add(x, 3.0), {0.0, 6.0}); }

V elu(Formula& f, V x, double alpha, double scale, double input_scale) {
  return f("elu.default", x, {alpha, scale, input_scale});
}

// ln(1 + e^(beta · x)) / beta; x where beta · x is above the limit
V softplus(Formula& f, V x, double beta, double limit) {
  V scaled = beta == 1 ? x : f.mul(x, beta);
  V logarithm = f("log1p.default", f("exp.default", scaled));
  return f.where(f("gt.Scalar", scaled, {limit}), x, beta == 1 ? logarithm : f.div(logarithm, beta));
}

// value where x ≤ threshold; NaN stays
Status threshold(const Operands& operands, Rewriter& rewriter) {
  if (operands.output_type().dtype != DType::f32) return input_error("it has a kernel for f32 only");
  Formula f(rewriter);
  V x = operands.value("self");
  return f.finish(f.where(f("le.Scalar", x, {operands.number("threshold")}), f.number(operands.number("value")), x));
}

void set_activations(Registry& r) {
  set_formula(r, {"aten::celu.default"},
              [](Formula& f, V x, O o) { return elu(f, x, o.number("alpha"), 1, 1 / o.number("alpha")); });
  set_formula(r, {"aten::selu.default"}, [](Formula& f, V x, O) {
    return elu(f, x, 1.6732632423543772848170429916717, 1.0507009873554804934193349852946, 1);
  });
  set_formula(r, {"aten::silu.default"}, [](Formula& f, V x, O) { return f.mul(x, f("sigmoid.default", x)); });
  set_formula(r, {"aten::mish.default"},
              [](Formula& f, V x, O) { return f.mul(x, f("tanh.default", softplus(f, x, 1, 20))); });
  set_formula(r, {"aten::softplus.default"},
              [](Formula& f, V x, O o) { return softplus(f, x, o.number("beta"), o.number("threshold")); });
  set_formula(r, {"aten::log_sigmoid.default"}, [](Formula& f, V x, O) {  // min(x, 0) − ln(1 + e^−|x|)
    V power = f("exp.default", f("neg.default", f("abs.default", x)));
    return f.sub(f("clamp.default", x, {ir::None{}, 0.0}), f("log1p.default", power));
  });
  set_formula(r, {"aten::hardsigmoid.default"}, [](Formula& f, V x, O) { return f.div(hard_gate(f, x), 6.0); });
  set_formula(r, {"aten::hardswish.default"}, [](Formula& f, V x, O) { return f.div(f.mul(x, hard_gate(f, x)), 6.0); });
  set_formula(r, {"aten::hardshrink.default"}, [](Formula& f, V x, O o) {
    return f.where(f("le.Scalar", f("abs.default", x), {o.number("lambd")}), f.number(0), x);
  });
  set_formula(r, {"aten::softshrink.default"}, [](Formula& f, V x, O o) {
    return f.sub(x, f("clamp.default", x, {-o.number("lambd"), o.number("lambd")}));
  });
  r.set_float_form({"aten::threshold.default"}, threshold);
}

void set_conversions(Registry& r) {
  set_formula(r, {"aten::square.default"}, [](Formula& f, V x, O) { return f.mul(x, x); });
  set_formula(r, {"aten::exp2.default"},
              [](Formula& f, V x, O) { return f("exp.default", f.mul(x, std::numbers::ln2)); });
  set_formula(r, {"aten::erfc.default"},
              [](Formula& f, V x, O) { return f("rsub.Scalar", f("erf.default", x), {1.0}); });
  set_formula(r, {"aten::deg2rad.default"}, [](Formula& f, V x, O) { return f.mul(x, std::numbers::pi / 180); });
  set_formula(r, {"aten::rad2deg.default"}, [](Formula& f, V x, O) { return f.mul(x, 180 / std::numbers::pi); });
  set_formula(r, {"aten::sgn.default"}, [](Formula& f, V x, O) { return f("sign.default", x); });
  set_formula(r, {"aten::positive.default"}, [](Formula& f, V x, O) { return f.mul(x, std::int64_t{1}); });
  set_formula(r, {"aten::frac.default"}, [](Formula& f, V x, O) { return f.sub(x, f("trunc.default", x)); });
  set_formula(r, {"aten::isfinite.default"}, [](Formula& f, V x, O) {
    return f("logical_not.default", f("logical_or.default", f("isnan.default", x), {f("isinf.default", x)}));
  });
  set_formula(r, {"aten::nan_to_num.default"}, [](Formula& f, V x, O o) {
    constexpr double infinity = std::numeric_limits<double>::infinity();
    constexpr double largest = static_cast<double>(std::numeric_limits<float>::max());
    V y = f.where(f("isnan.default", x), f.number(o.has("nan") ? o.number("nan") : 0), x);
    y = where_equal(f, x, infinity, o.has("posinf") ? o.number("posinf") : largest, y);
    return where_equal(f, x, -infinity, o.has("neginf") ? o.number("neginf") : -largest, y);
  });
}

}  // namespace

void set_float_forms(Registry& registry) {
  set_activations(registry);
  set_conversions(registry);
}

}  // namespace cortado::ops::unary
