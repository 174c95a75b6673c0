#include "ops/reduce/float_forms.h"

#include <cmath>

#include "ops/host/formula.h"
#include "ops/reduce/arguments.h"

namespace cortado::ops::reduce {
namespace {

using V = ir::Value*;

V variance(Formula& f, V x, const Operands& o) {
  return f("var.correction", x, {dims_of(o), correction_of(o), keepdim_of(o)});
}

V sum(Formula& f, V x, const Operands& o) { return f("sum.dim_IntList", x, {dims_of(o), keepdim_of(o)}); }

// (Σ |x|^p)^(1/p), with the limits for p = 0 and ±∞
V norm(Formula& f, V x, const Operands& o, double p) {
  if (p == 2) return f("sqrt.default", sum(f, f.mul(x, x), o));
  if (p == 0) {
    V counts = f.where(f("ne.Scalar", x, {0.0}), f.number(1), f.number(0));
    return sum(f, counts, o);
  }
  V sizes = f("abs.default", x);
  if (std::isinf(p)) return f(p > 0 ? "amax.default" : "amin.default", sizes, {dims_of(o), keepdim_of(o)});
  if (p == 1) return sum(f, sizes, o);
  return f("pow.Tensor_Scalar", sum(f, f("pow.Tensor_Scalar", sizes, {p}), o), {1 / p});
}

// log Σ e^(x − top) + top
V log_sum_exp(Formula& f, V x, const Operands& o) {
  V shifted = f.sub(x, f("amax.default", x, {dims_of(o), true}));
  return f.add(f("log.default", sum(f, f("exp.default", shifted), o)),
               f("amax.default", x, {dims_of(o), keepdim_of(o)}));
}

// no element is 0: not any is
V all(Formula& f, V x, const Operands& o) {
  return f("logical_not.default", f("any.dims", f("logical_not.default", x), {dims_of(o), keepdim_of(o)}));
}

}  // namespace

void set_float_forms(Registry& r) {
  set_formula(r, {"aten::var.default"}, [](Formula& f, V x, const Operands& o) { return variance(f, x, o); });
  set_formula(r, {"aten::std.default", "aten::std.dim", "aten::std.correction"},
              [](Formula& f, V x, const Operands& o) { return f("sqrt.default", variance(f, x, o)); });
  set_formula(r, {"aten::logsumexp.default"}, [](Formula& f, V x, const Operands& o) { return log_sum_exp(f, x, o); });
  set_formula(r, {"aten::all.default", "aten::all.dim", "aten::all.dims"},
              [](Formula& f, V x, const Operands& o) { return all(f, x, o); });
  set_formula(r, {"aten::linalg_vector_norm.default"},
              [](Formula& f, V x, const Operands& o) { return norm(f, x, o, o.number("ord")); });
  set_formula(r, {"aten::norm.Scalar", "aten::norm.ScalarOpt_dim"},
              [](Formula& f, V x, const Operands& o) { return norm(f, x, o, o.has("p") ? o.number("p") : 2); });
}

}  // namespace cortado::ops::reduce
