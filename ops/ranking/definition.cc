// The place of the largest or smallest element, and orders by size.
#include <algorithm>
#include <numeric>

#include "ops/host/rewrites.h"
#include "ops/host/rows.h"
#include "ops/host/selection.h"
#include "ops/operator_list.h"

namespace cortado::ops {
namespace {

// The reduced dimension gone, or of size 1.
ir::Shape without(ir::Shape shape, std::size_t dim, bool keepdim) {
  if (shape.empty()) return shape;
  if (keepdim)
    shape[dim] = 1;
  else
    shape.erase(shape.begin() + static_cast<std::ptrdiff_t>(dim));
  return shape;
}

bool is_not_empty(const Operands& operands) { return ir::element_count(operands.shape("self")) != 0; }
std::vector<Constraint> not_empty() { return {{"the input is not empty", is_not_empty}}; }

// NaN is above everything, as in PyTorch.
bool above(double a, double b) { return a > b || (a != a && b == b); }
bool below(double a, double b) { return a < b || (a != a && b == b); }
using Better = bool (*)(double, double);

// --- max.dim, min.dim: the extreme and its place; argmax, argmin: the place alone
Types infer_extreme(const Operands& operands) {
  const ir::Shape& shape = operands.shape("self");
  CORTADO_TRY(const std::size_t dim, dimension(operands.integer("dim"), shape.size()));
  const ir::Shape result = without(shape, dim, operands.flag("keepdim"));
  return std::vector{plain(operands.real_dtype("self"), result), plain(DType::i64, result)};
}

std::int64_t best_place(const ir::Tensor& x, std::int64_t first, std::int64_t length, std::int64_t step,
                        Better better) {
  std::int64_t best = 0;
  for (std::int64_t i = 1; i < length; ++i)
    if (better(x.as_double(first + i * step), x.as_double(first + best * step))) best = i;
  return best;
}

template <Better better>
Tensors evaluate_extreme(const Operands& operands, const Environment& environment) {
  const ir::Tensor& x = environment.at(*operands.value("self"));
  const std::size_t dim = Operands::dimension(operands.integer("dim"), x.rank());
  const DimensionRows rows(x.shape(), dim);
  const ir::Shape result = without(x.shape(), dim, operands.flag("keepdim"));
  ir::Tensor values(compute_dtype(x.dtype()), result), places(DType::i64, result);
  std::int64_t* place = places.mutable_data<std::int64_t>();
  std::int64_t at = 0;
  const ir::Tensor from = cast(x, values.dtype());
  with_compute_type(values.dtype(), [&]<class T>(T) {
    T* value = values.mutable_data<T>();
    rows.for_each([&](std::int64_t first) {
      place[at] = best_place(x, first, rows.length, rows.inner, better);
      value[at] = from.data<T>()[first + place[at] * rows.inner];
      ++at;
    });
  });
  return std::vector{cast(values, x.dtype()), std::move(places)};
}

Types infer_place(const Operands& operands) {
  const ir::Shape& shape = operands.shape("self");
  if (!operands.has("dim")) return one(DType::i64, operands.flag("keepdim") ? ir::Shape(shape.size(), 1) : ir::Shape{});
  CORTADO_TRY(const std::size_t dim, dimension(operands.integer("dim"), shape.size()));
  return one(DType::i64, without(shape, dim, operands.flag("keepdim")));
}

template <Better better>
Tensors evaluate_place(const Operands& operands, const Environment& environment) {
  CORTADO_TRY(const auto types, infer_place(operands));
  const ir::Tensor& x = environment.at(*operands.value("self"));
  const bool flattens = !operands.has("dim");
  const DimensionRows rows(flattens ? ir::Shape{x.elements()} : x.shape(),
                           flattens ? 0 : Operands::dimension(operands.integer("dim"), x.rank()));
  ir::Tensor places(DType::i64, types[0].shape);
  std::int64_t* place = places.mutable_data<std::int64_t>();
  rows.for_each([&](std::int64_t first) { *place++ = best_place(x, first, rows.length, rows.inner, better); });
  return one(std::move(places));
}

// --- sort, argsort, topk
std::int64_t kept(const Operands& operands, std::int64_t length) {
  return operands.has("k") ? operands.integer("k") : length;
}

Types infer_order(const Operands& operands) {
  ir::Shape shape = operands.shape("self");
  CORTADO_TRY(const std::size_t dim, dimension(operands.integer("dim"), shape.size()));
  const std::int64_t length = shape.empty() ? 1 : shape[dim];
  if (kept(operands, length) < 0 || kept(operands, length) > length)
    return input_error("k is larger than the dimension");
  if (shape.empty() && kept(operands, length) != 1) return input_error("k of a single number is 1");
  if (!shape.empty()) shape[dim] = kept(operands, length);
  return std::vector{plain(operands.real_dtype("self"), shape), plain(DType::i64, shape)};
}

Tensors evaluate_order(const Operands& operands, const Environment& environment) {
  CORTADO_TRY(const auto types, infer_order(operands));
  const ir::Tensor& x = environment.at(*operands.value("self"));
  const std::size_t dim = Operands::dimension(operands.integer("dim"), x.rank());
  const DimensionRows rows(x.shape(), dim);
  const DimensionRows result_rows(types[0].shape, dim);
  const bool descending = operands.has("k") ? operands.flag("largest") : operands.flag("descending");
  ir::Tensor values(DType::f64, types[0].shape), places(DType::i64, types[0].shape);
  std::vector<std::int64_t> starts;
  result_rows.for_each([&](std::int64_t first) { starts.push_back(first); });
  std::size_t row = 0;
  rows.for_each([&](std::int64_t first) {
    std::vector<std::int64_t> order(static_cast<std::size_t>(rows.length));
    std::iota(order.begin(), order.end(), std::int64_t{0});
    const auto number = [&](std::int64_t i) { return x.as_double(first + i * rows.inner); };
    std::stable_sort(order.begin(), order.end(), [&](std::int64_t a, std::int64_t b) {
      return descending ? above(number(a), number(b)) : above(number(b), number(a));
    });
    if (starts.empty()) return;
    for (std::int64_t i = 0; i < result_rows.length; ++i) {
      const std::int64_t at = starts[row] + i * result_rows.inner;
      values.mutable_data<double>()[at] = number(order[static_cast<std::size_t>(i)]);
      places.mutable_data<std::int64_t>()[at] = order[static_cast<std::size_t>(i)];
    }
    ++row;
  });
  return std::vector{cast(values, x.dtype()), std::move(places)};
}

Types infer_argsort(const Operands& operands) {
  CORTADO_TRY(auto types, infer_order(operands));
  types.erase(types.begin());
  return types;
}
Tensors evaluate_argsort(const Operands& operands, const Environment& environment) {
  CORTADO_TRY(auto tensors, evaluate_order(operands, environment));
  tensors.erase(tensors.begin());
  return tensors;
}

// In order is the largest or smallest `size`, in order; ours are stable.
Status rewrite_sort(const Operands& operands, Rewriter& rewriter) {
  const ir::Shape& shape = operands.shape("self");
  const std::int64_t length = shape.empty() ? 1 : shape[Operands::dimension(operands.integer("dim"), shape.size())];
  CORTADO_TRY(ir::Node* node, rewriter.add_node("aten::topk.default", {{"self", operands.value("self")},
                                                                       {"k", length},
                                                                       {"dim", operands.argument("dim")},
                                                                       {"largest", operands.flag("descending")},
                                                                       {"sorted", true}}));
  if (operands.node().outputs.size() == 1) return rewriter.finish({node->outputs[1]});
  return rewriter.finish(node->outputs);
}

Definition definition(std::string_view op, std::string_view parameters, std::string_view summary,
                      std::string_view kernel, std::vector<Constraint> constraints, Types (*infer)(const Operands&),
                      Tensors (*evaluate)(const Operands&, const Environment&)) {
  return {.op = op,
          .schema = schema(parameters),
          .summary = summary,
          .constraints = std::move(constraints),
          .infer = infer,
          .evaluate = evaluate,
          .quantization = same_as_input(),
          .lower = kernel.empty() ? nullptr : lower_selection,
          .float_kernel = kernel};
}

}  // namespace

void add_ranking(Registry& r) {
  // clang-format off: one line, one operator
  r.add(definition("aten::max.dim", "Tensor self, int dim, bool keepdim=False", "y = max of x along dim, and its place", "aten::max.dim_max", not_empty(), infer_extreme, evaluate_extreme<above>));
  r.add(definition("aten::min.dim", "Tensor self, int dim, bool keepdim=False", "y = min of x along dim, and its place", "aten::min.dim_min", not_empty(), infer_extreme, evaluate_extreme<below>));
  r.add(definition("aten::argmax.default", "Tensor self, int? dim=None, bool keepdim=False", "y = place of the largest x", "aten::argmax.out", not_empty(), infer_place, evaluate_place<above>));
  r.add(definition("aten::argmin.default", "Tensor self, int? dim=None, bool keepdim=False", "y = place of the smallest x", "aten::argmin.out", not_empty(), infer_place, evaluate_place<below>));
  r.add(definition("aten::sort.default", "Tensor self, int dim=-1, bool descending=False", "x in order along dim, and the places", "", {}, infer_order, evaluate_order));
  r.add(definition("aten::sort.stable", "Tensor self, *, bool? stable, int dim=-1, bool descending=False", "x in order along dim, and the places", "", {}, infer_order, evaluate_order));
  r.add(definition("aten::argsort.default", "Tensor self, int dim=-1, bool descending=False", "the places of x in order along dim", "", {}, infer_argsort, evaluate_argsort));
  r.add(definition("aten::topk.default", "Tensor self, SymInt k, int dim=-1, bool largest=True, bool sorted=True", "the k largest x along dim, and their places", "aten::topk.values", {}, infer_order, evaluate_order));
  // clang-format on
  r.set_rewrite({"aten::sort.default", "aten::sort.stable", "aten::argsort.default"}, rewrite_sort);
}

}  // namespace cortado::ops
