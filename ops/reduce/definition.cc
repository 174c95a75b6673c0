// Sums, means, extremes and their like over dimensions.
#include <algorithm>
#include <cmath>
#include <limits>

#include "ops/avg_pool2d/rewrites.h"
#include "ops/host/reduce.h"
#include "ops/host/rewrites.h"
#include "ops/host/selection.h"
#include "ops/operator_list.h"
#include "ops/reduce/arguments.h"
#include "ops/reduce/float_forms.h"
#include "ops/reduce/int8_forms.h"

namespace cortado::ops {
namespace {

enum class ResultType : std::uint8_t { accumulated, real, input, boolean };

// accumulated: integers and booleans are summed in i64; real: f32 for them.
template <ResultType type>
DType result_dtype_of(const Operands& operands) {
  const DType input = operands.real_dtype("self");
  if (type == ResultType::boolean) return DType::boolean;
  if (const auto dtype = operands.dtype("dtype")) return *dtype;
  if (type == ResultType::accumulated) return is_float(input) ? input : DType::i64;
  return type == ResultType::real ? float_dtype(input) : input;
}

template <ResultType type>
Types infer(const Operands& operands) {
  CORTADO_TRY(Reduction r, reduction(operands, operands.shape("self")));
  return one(result_dtype_of<type>(operands), std::move(r.result));
}

// F is a captureless lambda f(row, count, operands) → double on doubles.
template <ResultType type, class F>
Tensors evaluate(const Operands& operands, const Environment& environment) {
  const ir::Tensor& x = environment.at(*operands.value("self"));
  CORTADO_TRY(const Reduction r, reduction(operands, x.shape()));
  const ir::Tensor rows = cast(r.rows(x), DType::f64);
  ir::Tensor y(DType::f64, r.result);
  for (std::int64_t i = 0; i < y.elements(); ++i)
    y.mutable_data<double>()[i] = F{}(rows.data<double>() + i * r.count, r.count, operands);
  return one(cast(y, result_dtype_of<type>(operands)));
}

using Row = const double*;
using Count = std::int64_t;
using O = const Operands&;

double sum(Row row, Count n) {
  double total = 0;
  for (Count i = 0; i < n; ++i) total += row[i];
  return total;
}
template <class Better>
double extreme(Row row, Count n, Better better) {
  double best = row[0];
  for (Count i = 1; i < n && best == best; ++i)
    if (better(row[i], best) || row[i] != row[i]) best = row[i];
  return best;
}
double highest(Row row, Count n) {
  return extreme(row, n, [](double a, double b) { return a > b; });
}
double lowest(Row row, Count n) {
  return extreme(row, n, [](double a, double b) { return a < b; });
}

// Σ (x − mean)² / (n − correction)
double variance(Row row, Count n, O o) {
  const double correction = reduce::correction_of(o);
  const double mean = sum(row, n) / static_cast<double>(n);
  double squares = 0;
  for (Count i = 0; i < n; ++i) squares += (row[i] - mean) * (row[i] - mean);
  return squares / std::max(static_cast<double>(n) - correction, 0.0);
}

// (Σ |x|^p)^(1/p), with the limits for p = 0 and ±∞
double norm(Row row, Count n, double p) {
  double total = p < 0 ? std::numeric_limits<double>::infinity() : 0;
  if (!std::isinf(p)) total = 0;
  for (Count i = 0; i < n; ++i) {
    const double a = std::fabs(row[i]);
    if (std::isinf(p))
      total = p > 0 ? std::max(total, a) : std::min(total, a);
    else
      total += p == 0 ? (a != 0) : p == 1 ? a : p == 2 ? a * a : std::pow(a, p);
  }
  return std::isinf(p) || p == 0 || p == 1 ? total : p == 2 ? std::sqrt(total) : std::pow(total, 1 / p);
}

double log_sum_exp(Row row, Count n) {
  const double top = highest(row, n);
  if (std::isinf(top)) return top;
  double total = 0;
  for (Count i = 0; i < n; ++i) total += std::exp(row[i] - top);
  return top + std::log(total);
}

std::vector<Constraint> self_not_empty() {
  return {{"the input is not empty", [](const Operands& o) { return ir::element_count(o.shape("self")) != 0; }}};
}

template <ResultType type, class F>
Definition reducer(std::string_view op, std::string_view parameters, std::string_view summary, std::string_view kernel,
                   QuantizationRule rule, F) {
  return {.op = op,
          .schema = schema(parameters),
          .summary = summary,
          .infer = infer<type>,
          .evaluate = evaluate<type, F>,
          .quantization = rule,
          .float_kernel = kernel};
}

Definition of_reals(Definition definition) {
  definition.constraints = {
      {"the result is real", [](const Operands& o) { return !o.dtype("dtype") || is_float(*o.dtype("dtype")); }}};
  return definition;
}

void add_sums(Registry& r) {
  constexpr auto accumulated = ResultType::accumulated;
  constexpr auto real = ResultType::real;
  const auto add = [](Row row, Count n, O) { return sum(row, n); };
  const auto multiply = [](Row row, Count n, O) {
    double p = 1;
    for (Count i = 0; i < n; ++i) p *= row[i];
    return p;
  };
  const auto mean = [](Row row, Count n, O) { return sum(row, n) / static_cast<double>(n); };
  const auto spread = [](Row row, Count n, O o) { return variance(row, n, o); };
  const auto deviation = [](Row row, Count n, O o) { return std::sqrt(variance(row, n, o)); };
  // clang-format off: one line, one operator
  r.add(reducer<accumulated>("aten::sum.default", "Tensor self, *, ScalarType? dtype=None", "y = Σ x", "", observed(), add));
  r.add(reducer<accumulated>("aten::sum.dim_IntList", "Tensor self, int[1]? dim, bool keepdim=False, *, ScalarType? dtype=None", "y = Σ x over dimensions", "aten::sum.IntList_out", observed(), add));
  r.add(reducer<accumulated>("aten::prod.default", "Tensor self, *, ScalarType? dtype=None", "y = Π x", "aten::prod.out", observed(), multiply));
  r.add(reducer<accumulated>("aten::prod.dim_int", "Tensor self, int dim, bool keepdim=False, *, ScalarType? dtype=None", "y = Π x over a dimension", "aten::prod.int_out", observed(), multiply));
  r.add(reducer<real>("aten::mean.default", "Tensor self, *, ScalarType? dtype=None", "y = mean of x", "aten::mean.dtype_out", observed(), mean));
  r.add(reducer<real>("aten::mean.dim", "Tensor self, int[1]? dim, bool keepdim=False, *, ScalarType? dtype=None", "y = mean of x over dimensions", "aten::mean.out", observed(), mean));
  r.add(reducer<real>("aten::var.default", "Tensor self, bool unbiased=True", "y = variance of x", "", observed(), spread));
  r.add(reducer<real>("aten::var.dim", "Tensor self, int[1]? dim, bool unbiased=True, bool keepdim=False", "y = variance of x over dimensions", "aten::var.out", observed(), spread));
  r.add(reducer<real>("aten::var.correction", "Tensor self, int[1]? dim=None, *, Scalar? correction=None, bool keepdim=False", "y = variance of x over dimensions", "aten::var.correction_out", observed(), spread));
  r.add(reducer<real>("aten::std.default", "Tensor self, bool unbiased=True", "y = standard deviation of x", "", observed(), deviation));
  r.add(reducer<real>("aten::std.dim", "Tensor self, int[1]? dim, bool unbiased=True, bool keepdim=False", "y = standard deviation of x over dimensions", "", observed(), deviation));
  r.add(reducer<real>("aten::std.correction", "Tensor self, int[1]? dim=None, *, Scalar? correction=None, bool keepdim=False", "y = standard deviation of x over dimensions", "", observed(), deviation));
  r.add(reducer<real>("aten::logsumexp.default", "Tensor self, int[1] dim, bool keepdim=False", "y = log Σ e^x over dimensions", "", observed(), [](Row row, Count n, O) { return log_sum_exp(row, n); }));
  r.add(of_reals(reducer<real>("aten::linalg_vector_norm.default", "Tensor self, Scalar ord=2, int[1]? dim=None, bool keepdim=False, *, ScalarType? dtype=None", "y = (Σ |x|^ord)^(1/ord)", "", observed(), [](Row row, Count n, O o) { return norm(row, n, o.number("ord")); })));
  r.add(reducer<real>("aten::norm.Scalar", "Tensor self, Scalar p=2", "y = (Σ |x|^p)^(1/p)", "", observed(), [](Row row, Count n, O o) { return norm(row, n, o.number("p")); }));
  r.add(reducer<real>("aten::norm.ScalarOpt_dim", "Tensor self, Scalar? p, int[1] dim, bool keepdim=False", "y = (Σ |x|^p)^(1/p) over dimensions", "", observed(), [](Row row, Count n, O o) { return norm(row, n, o.has("p") ? o.number("p") : 2); }));
  // clang-format on
}

void add_extremes(Registry& r) {
  constexpr auto input = ResultType::input;
  constexpr auto boolean = ResultType::boolean;
  const auto top = [](Row row, Count n, O) { return highest(row, n); };
  const auto bottom = [](Row row, Count n, O) { return lowest(row, n); };
  const auto add = [&](Definition definition) {
    definition.constraints = self_not_empty();
    definition.lower = lower_selection;
    r.add(std::move(definition));
  };
  // clang-format off: one line, one operator
  add(reducer<input>("aten::amax.default", "Tensor self, int[1] dim=[], bool keepdim=False", "y = max of x over dimensions", "aten::amax.out", same_as_input(), top));
  add(reducer<input>("aten::amin.default", "Tensor self, int[1] dim=[], bool keepdim=False", "y = min of x over dimensions", "aten::amin.out", same_as_input(), bottom));
  add(reducer<input>("aten::max.default", "Tensor self", "y = max of x", "aten::max.unary_out", same_as_input(), top));
  add(reducer<input>("aten::min.default", "Tensor self", "y = min of x", "aten::min.unary_out", same_as_input(), bottom));
  const auto any = [](Row row, Count n, O) { for (Count i = 0; i < n; ++i) if (row[i] != 0) return 1.0; return 0.0; };
  const auto all = [](Row row, Count n, O) { for (Count i = 0; i < n; ++i) if (row[i] == 0) return 0.0; return 1.0; };
  r.add(reducer<boolean>("aten::any.default", "Tensor self", "y = whether an element is not 0", "aten::any.all_out", in_float("the result is a truth value"), any));
  r.add(reducer<boolean>("aten::any.dim", "Tensor self, int dim, bool keepdim=False", "y = whether an element is not 0", "aten::any.out", in_float("the result is a truth value"), any));
  r.add(reducer<boolean>("aten::any.dims", "Tensor self, int[]? dim=None, bool keepdim=False", "y = whether an element is not 0", "aten::any.dims_out", in_float("the result is a truth value"), any));
  r.add(reducer<boolean>("aten::all.default", "Tensor self", "y = whether no element is 0", "", in_float("the result is a truth value"), all));
  r.add(reducer<boolean>("aten::all.dim", "Tensor self, int dim, bool keepdim=False", "y = whether no element is 0", "", in_float("the result is a truth value"), all));
  r.add(reducer<boolean>("aten::all.dims", "Tensor self, int[]? dim=None, bool keepdim=False", "y = whether no element is 0", "", in_float("the result is a truth value"), all));
  // clang-format on
}

// Over everything is over all dimensions.
template <const std::string_view& op>
Status over_all_dimensions(const Operands& operands, Rewriter& rewriter) {
  std::vector<std::int64_t> dims;
  for (std::size_t i = 0; i < operands.shape("self").size(); ++i) dims.push_back(static_cast<std::int64_t>(i));
  std::vector<ir::NamedArgument> arguments = {{"self", operands.value("self")}, {"dim", dims}, {"keepdim", false}};
  if (const auto dtype = operands.dtype("dtype")) arguments.push_back({"dtype", *dtype});
  CORTADO_TRY(ir::Value* y, rewriter.add(std::string(op), std::move(arguments)));
  return rewriter.finish({y});
}
constexpr std::string_view sum_over = "aten::sum.dim_IntList";
constexpr std::string_view mean_over = "aten::mean.dim";
constexpr std::string_view max_over = "aten::amax.default";
constexpr std::string_view min_over = "aten::amin.default";

// In a graph to be quantized a sum is a product with ones: 32-bit sums, rounded once. (A mean times its number of
// elements would multiply the mean's rounding, too.)
Status sum_by_ones(const Operands& operands, Rewriter& rewriter) {
  ir::Value* x = operands.value("self");
  const ir::Shape& shape = x->type.shape;
  if (rewriter.graph_is_quantized() || x->type.dtype != DType::f32 || operands.output_type().dtype != DType::f32)
    return {};
  if (shape.empty() || ir::element_count(shape) == 0) return {};
  CORTADO_TRY(const std::vector<std::size_t> dims, dimensions(operands, "dim", shape.size()));
  std::vector<std::int64_t> order;
  std::int64_t count = 1;
  for (std::size_t d = 0; d < shape.size(); ++d)
    if (std::find(dims.begin(), dims.end(), d) == dims.end()) order.push_back(static_cast<std::int64_t>(d));
  for (std::size_t d : dims) order.push_back(static_cast<std::int64_t>(d)), count *= shape[d];
  CORTADO_TRY(ir::Value* y,
              std::is_sorted(order.begin(), order.end()) ? Result<ir::Value*>(x) : rewriter.permute(x, order));
  CORTADO_TRY(y, rewriter.view(y, {ir::element_count(shape) / count, count}));
  ir::Tensor ones(DType::f32, {1, count});
  std::fill_n(ones.mutable_data<float>(), count, 1.0f);
  CORTADO_TRY(
      y, rewriter.add("aten::linear.default", {{"input", y}, {"weight", rewriter.constant("ones", std::move(ones))}}));
  CORTADO_TRY(y, rewriter.view(y, operands.output_type().shape));
  return rewriter.finish({y});
}

}  // namespace

void add_reduce(Registry& registry) {
  add_sums(registry);
  add_extremes(registry);
  registry.set_rewrite({"aten::sum.default"}, over_all_dimensions<sum_over>);
  registry.set_rewrite({"aten::mean.default"}, over_all_dimensions<mean_over>);
  registry.set_rewrite({"aten::max.default"}, over_all_dimensions<max_over>);
  registry.set_rewrite({"aten::min.default"}, over_all_dimensions<min_over>);
  registry.set_rewrite({"aten::sum.dim_IntList"}, sum_by_ones);
  registry.set_rewrite({"aten::mean.dim"}, avg_pool2d::rewrite_mean);
  reduce::set_int8_forms(registry);
  reduce::set_float_forms(registry);
}

}  // namespace cortado::ops
