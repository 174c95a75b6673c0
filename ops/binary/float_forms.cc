#include "ops/binary/float_forms.h"

#include "ops/host/formula.h"

namespace cortado::ops::binary {
namespace {

using V = ir::Value*;

// The number where a is NaN, and the other way round.
V number_before_nan(Formula& f, V a, V b, const char* op) {
  V chosen = f.where(f("isnan.default", b), a, f(op, a, {b}));
  return f.where(f("isnan.default", a), b, chosen);
}

// ln(e^a + e^b) = max + ln(1 + e^−|a − b|)
V logaddexp(Formula& f, V a, V b) {
  V gap = f("neg.default", f("abs.default", f.sub(a, b)));
  return f.add(f("maximum.default", a, {b}), f("log1p.default", f("exp.default", gap)));
}

}  // namespace

void set_float_forms(Registry& r) {
  const auto hypot = [](Formula& f, V a, const Operands& o) {
    V b = o.value("other");
    return f("sqrt.default", f.add(f.mul(a, a), f.mul(b, b)));
  };
  const auto log_add_exp = [](Formula& f, V a, const Operands& o) { return logaddexp(f, a, o.value("other")); };
  set_formula(r, {"aten::hypot.default"}, hypot);
  set_formula(r, {"aten::logaddexp.default"}, log_add_exp);
  const auto is_real = [](const Operands& o) { return o.value("other")->type.dtype == DType::f32; };
  set_int8_formula(r, {"aten::hypot.default"}, is_real, hypot);
  set_int8_formula(r, {"aten::logaddexp.default"}, is_real, log_add_exp);
  set_formula(r, {"aten::copysign.Tensor"}, [](Formula& f, V a, const Operands& o) {
    return f.mul(f("abs.default", a), f.where(f("lt.Scalar", o.value("other"), {0.0}), f.number(-1), f.number(1)));
  });
  set_formula(r, {"aten::xlogy.Tensor"}, [](Formula& f, V a, const Operands& o) {
    return f.where(f("eq.Scalar", a, {0.0}), f.number(0), f.mul(a, f("log.default", o.value("other"))));
  });
  set_formula(r, {"aten::fmin.default"}, [](Formula& f, V a, const Operands& o) {
    return number_before_nan(f, a, o.value("other"), "minimum.default");
  });
  set_formula(r, {"aten::fmax.default"}, [](Formula& f, V a, const Operands& o) {
    return number_before_nan(f, a, o.value("other"), "maximum.default");
  });
  set_formula(r, {"aten::floor_divide.Scalar"}, [](Formula& f, V a, const Operands& o) {
    return f("floor_divide.default", a, {f.number(o.number("other"))});
  });
}

}  // namespace cortado::ops::binary
