#include "ops/unary/float_forms.h"

#include <limits>
#include <numbers>

#include "ops/host/formula.h"

namespace cortado::ops::unary {
namespace {

using V = ir::Value*;

// A formula f(formula, x, operands) → value as a float form.
template <class F>
Status form(const Operands& operands, Rewriter& rewriter) {
  Formula formula(rewriter);
  return formula.finish(F{}(formula, operands.value(operands.schema()[0].name), operands));
}
template <class F>
void set(Registry& registry, std::string_view op, F) {
  registry.set_float_form({op}, form<F>);
}

V where_equal(Formula& f, V x, double number, double replacement, V otherwise) {
  return f.where(f("eq.Scalar", x, {number}), f.number(replacement), otherwise);
}

}  // namespace

void set_float_forms(Registry& r) {
  set(r, "aten::softshrink.default", [](Formula& f, V x, const Operands& o) {
    return f.sub(x, f("clamp.default", x, {-o.number("lambd"), o.number("lambd")}));
  });
  set(r, "aten::exp2.default", [](Formula& f, V x, const Operands&) { return f("exp.default", f.mul(x, std::numbers::ln2)); });
  set(r, "aten::erfc.default", [](Formula& f, V x, const Operands&) { return f("rsub.Scalar", f("erf.default", x), {1.0}); });
  set(r, "aten::deg2rad.default", [](Formula& f, V x, const Operands&) { return f.mul(x, std::numbers::pi / 180); });
  set(r, "aten::rad2deg.default", [](Formula& f, V x, const Operands&) { return f.mul(x, 180 / std::numbers::pi); });
  set(r, "aten::sgn.default", [](Formula& f, V x, const Operands&) { return f("sign.default", x); });
  set(r, "aten::positive.default", [](Formula& f, V x, const Operands&) { return f.mul(x, std::int64_t{1}); });
  set(r, "aten::frac.default", [](Formula& f, V x, const Operands&) { return f.sub(x, f("trunc.default", x)); });
  set(r, "aten::isfinite.default", [](Formula& f, V x, const Operands&) {
    return f("logical_not.default", f("logical_or.default", f("isnan.default", x), {f("isinf.default", x)}));
  });
  set(r, "aten::nan_to_num.default", [](Formula& f, V x, const Operands& o) {
    constexpr double infinity = std::numeric_limits<double>::infinity();
    constexpr double largest = static_cast<double>(std::numeric_limits<float>::max());
    V y = f.where(f("isnan.default", x), f.number(o.has("nan") ? o.number("nan") : 0), x);
    y = where_equal(f, x, infinity, o.has("posinf") ? o.number("posinf") : largest, y);
    return where_equal(f, x, -infinity, o.has("neginf") ? o.number("neginf") : -largest, y);
  });
}

}  // namespace cortado::ops::unary
