#include "ops/reduce/int8_forms.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <numeric>

#include "ops/host/formula.h"
#include "ops/reduce/arguments.h"

namespace cortado::ops::reduce {
namespace {

using V = ir::Value*;
using Dims = std::vector<std::int64_t>;

// The elements that make one of the result.
std::int64_t reduced_count(const Operands& o) {
  const ir::Shape& shape = o.shape("self");
  std::int64_t count = 1;
  for (const std::int64_t dim : dims_of(o)) count *= shape[Operands::dimension(dim, shape.size())];
  return count;
}

V sum(Formula& f, V x, const Operands& o) { return f("sum.dim_IntList", x, {dims_of(o), keepdim_of(o)}); }

// Σ x² as products of rows with themselves: 32-bit sums, rounded once. (A square that is rounded by itself is 0 for all
// but the larger numbers.)
V squares(Formula& f, V x, const Operands& o) {
  if (x == nullptr) return nullptr;
  const auto rank = static_cast<std::int64_t>(x->type.shape.size());
  const std::int64_t elements = ir::element_count(x->type.shape);
  const Dims dims = dims_of(o);
  const auto is_reduced = [&](std::int64_t d) {
    return std::any_of(dims.begin(), dims.end(), [&](std::int64_t dim) { return (dim + rank) % rank == d; });
  };
  Dims order(static_cast<std::size_t>(rank));
  std::iota(order.begin(), order.end(), 0);
  std::stable_partition(order.begin(), order.end(), std::not_fn(is_reduced));
  const std::int64_t count = reduced_count(o);
  if (!std::is_sorted(order.begin(), order.end())) x = f("permute.default", x, {order});
  V row = f("view.default", x, {Dims{elements / count, 1, count}});
  V column = f("view.default", x, {Dims{elements / count, count, 1}});
  return f("view.default", f("bmm.default", row, {column}), {o.output_type().shape});
}

V variance(Formula& f, V x, const Operands& o) {
  V centred = f.sub(x, f("mean.dim", x, {dims_of(o), true}));
  return f.mul(squares(f, centred, o), 1 / (static_cast<double>(reduced_count(o)) - correction_of(o)));
}

V norm(Formula& f, V x, const Operands& o, double p) {
  if (p == 2) return f("sqrt.default", squares(f, x, o));
  V sizes = f("abs.default", x);
  if (std::isinf(p)) return f(p > 0 ? "amax.default" : "amin.default", sizes, {dims_of(o), keepdim_of(o)});
  return sum(f, sizes, o);
}

// log Σ e^(x − top) + top
V log_sum_exp(Formula& f, V x, const Operands& o) {
  V shifted = f.sub(x, f("amax.default", x, {dims_of(o), true}));
  return f.add(f("log.default", sum(f, f("exp.default", shifted), o)),
               f("amax.default", x, {dims_of(o), keepdim_of(o)}));
}

// Halves times halves, until one is left; odd ones out are multiplied last.
V product(Formula& f, V x, const Operands& o) {
  const std::int64_t dim = o.integer("dim");
  V odd = nullptr;
  for (std::int64_t left = reduced_count(o); left > 1; left /= 2) {
    const auto part = [&](std::int64_t first, std::int64_t last) { return f("slice.Tensor", x, {dim, first, last}); };
    if (left % 2 == 1) odd = odd == nullptr ? part(left - 1, left) : f.mul(odd, part(left - 1, left));
    x = f.mul(part(0, left / 2), part(left / 2, left / 2 * 2));
  }
  return f("view.default", odd == nullptr ? x : f.mul(x, odd), {o.output_type().shape});
}

double order_of(const Operands& o) {
  const std::string_view name = o.schema()[1].name;  // "ord" or "p"
  return o.has(name) ? o.number(name) : 2;
}

bool is_plain_norm(const Operands& o) { return order_of(o) == 1 || order_of(o) == 2 || std::isinf(order_of(o)); }

}  // namespace

void set_int8_forms(Registry& r) {
  const auto always = [](const Operands&) { return true; };
  const auto is_plain = [](const Operands& o) { return is_plain_norm(o); };
  const auto has_spread = [](const Operands& o) { return static_cast<double>(reduced_count(o)) > correction_of(o); };
  set_int8_formula(r, {"aten::linalg_vector_norm.default", "aten::norm.Scalar", "aten::norm.ScalarOpt_dim"}, is_plain,
                   [](Formula& f, V x, const Operands& o) { return norm(f, x, o, order_of(o)); });
  set_int8_formula(r, {"aten::var.default", "aten::var.dim", "aten::var.correction"}, has_spread,
                   [](Formula& f, V x, const Operands& o) { return variance(f, x, o); });
  set_int8_formula(r, {"aten::std.default", "aten::std.dim", "aten::std.correction"}, has_spread,
                   [](Formula& f, V x, const Operands& o) { return f("sqrt.default", variance(f, x, o)); });
  const auto is_short = [](const Operands& o) { return reduced_count(o) <= 64; };
  set_int8_formula(r, {"aten::prod.dim_int"}, is_short,
                   [](Formula& f, V x, const Operands& o) { return product(f, x, o); });
  set_int8_formula(r, {"aten::logsumexp.default"}, always,
                   [](Formula& f, V x, const Operands& o) { return log_sum_exp(f, x, o); });
}

}  // namespace cortado::ops::reduce
