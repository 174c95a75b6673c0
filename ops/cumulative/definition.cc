// Operators whose elements depend on their position: running sums, triangles, rotation.
#include "ops/host/formula.h"
#include "ops/host/rows.h"
#include "ops/host/selection.h"
#include "ops/host/view.h"
#include "ops/operator_list.h"

namespace cortado::ops {
namespace {

// --- cumsum, cumprod: y[i] = x[0] ∘ … ∘ x[i] along dim; integers and booleans in i64
DType running_dtype(const Operands& operands) {
  if (const auto dtype = operands.dtype("dtype")) return *dtype;
  const DType input = operands.real_dtype("self");
  return is_float(input) ? input : DType::i64;
}

Types infer_running(const Operands& operands) {
  CORTADO_TRY(const std::size_t dim, dimension(operands.integer("dim"), operands.shape("self").size()));
  static_cast<void>(dim);
  return one(running_dtype(operands), operands.shape("self"));
}

template <bool product>
Tensors evaluate_running(const Operands& operands, const Environment& environment) {
  // PyTorch converts before it computes.
  const ir::Tensor x = cast(operand(operands, environment, "self", running_dtype(operands)), DType::f64);
  const DimensionRows rows(x.shape(), Operands::dimension(operands.integer("dim"), x.rank()));
  ir::Tensor y(DType::f64, x.shape());
  double* to = y.mutable_data<double>();
  rows.for_each([&](std::int64_t first) {
    double total = product ? 1 : 0;
    for (std::int64_t i = 0; i < rows.length; ++i) {
      const std::int64_t at = first + i * rows.inner;
      total = product ? total * x.data<double>()[at] : total + x.data<double>()[at];
      to[at] = total;
    }
  });
  return one(cast(y, running_dtype(operands)));
}

// --- tril, triu: zeros above or below a diagonal of the last two dimensions
Types infer_triangle(const Operands& operands) {
  if (operands.shape("self").size() < 2) return input_error("the input must be a matrix");
  return one(operands.real_dtype("self"), operands.shape("self"));
}

// offset: the column less the row
template <bool upper>
bool is_inside(std::int64_t offset, std::int64_t diagonal) {
  return upper ? offset >= diagonal : offset <= diagonal;
}

template <bool upper>
Tensors evaluate_triangle(const Operands& operands, const Environment& environment) {
  ir::Tensor y = environment.at(*operands.value("self"));
  const std::int64_t columns = y.shape().back();
  const std::int64_t rows = y.shape()[y.rank() - 2];
  const std::int64_t diagonal = operands.integer("diagonal");
  const std::size_t size = size_bytes(y.dtype());
  std::uint8_t* to = y.mutable_bytes().data();
  for (std::int64_t i = 0; i < y.elements(); ++i) {
    const std::int64_t offset = i % columns - i / columns % rows;
    if (!is_inside<upper>(offset, diagonal))
      std::fill_n(to + static_cast<std::size_t>(i) * size, size, std::uint8_t{0});
  }
  return one(std::move(y));
}

// x where the mask of the triangle is set.
template <bool upper>
ir::Value* triangle_by_mask(Formula& f, ir::Value* x, const Operands& operands) {
  const ir::Shape& shape = operands.shape("self");
  const std::int64_t rows = shape[shape.size() - 2], columns = shape.back();
  ir::Tensor mask(DType::boolean, {rows, columns});
  for (std::int64_t i = 0; i < mask.elements(); ++i)
    mask.mutable_bytes()[static_cast<std::size_t>(i)] =
        is_inside<upper>(i % columns - i / columns, operands.integer("diagonal")) ? 1 : 0;
  ir::Value* zero =
      f.constant("zero", cast(ir::Tensor::of<std::int64_t>(DType::i64, {}, {0}), operands.real_dtype("self")));
  return f.where(f.constant("mask", std::move(mask)), x, zero);
}

std::int64_t steps_of(const Operands& operands) {
  const ir::Shape& shape = operands.shape("self");
  return shape[Operands::dimension(operands.integer("dim"), shape.size())];
}

// Running sums are products with a triangle of ones: 32-bit sums, rounded once.
ir::Value* running_sums(Formula& f, ir::Value* x, const Operands& operands) {
  const ir::Shape& shape = x->type.shape;
  const std::size_t dim = Operands::dimension(operands.integer("dim"), shape.size());
  const auto last = static_cast<std::int64_t>(shape.size()) - 1;
  const std::int64_t length = steps_of(operands);
  ir::Tensor ones(DType::f32, {length, length});
  for (std::int64_t i = 0; i < ones.elements(); ++i)
    ones.mutable_data<float>()[i] = i % length <= i / length ? 1.0f : 0.0f;
  const auto swap = [&](ir::Value* y) {
    return dim == shape.size() - 1 ? y : f("transpose.int", y, {static_cast<std::int64_t>(dim), last});
  };
  return swap(f("linear.default", swap(x), {f.constant("ones", std::move(ones))}));
}

// In float: step by step, y[i] = y[i − 1] · x[i].
Status products_in_float(const Operands& operands, Rewriter& rewriter) {
  ir::Value* x = operands.value("self");
  CORTADO_TRY(const std::size_t d, dimension(operands.integer("dim"), x->type.shape.size()));
  const auto dim = static_cast<std::int64_t>(d);
  const std::int64_t length = x->type.shape.empty() ? 1 : x->type.shape[d];
  if (x->type.dtype != running_dtype(operands)) {
    CORTADO_TRY(x, rewriter.add("aten::_to_copy.default", {{"self", x}, {"dtype", running_dtype(operands)}}));
  }
  if (length == 1) return rewriter.finish({x});
  if (length < 1 || length > 1024) return input_error("a running product of more than 1024 steps is not supported");
  ir::ValueList steps;
  for (std::int64_t i = 0; i < length; ++i) {
    CORTADO_TRY(ir::Value* y,
                rewriter.add("aten::slice.Tensor", {{"self", x}, {"dim", dim}, {"start", i}, {"end", i + 1}}));
    if (i > 0) {
      CORTADO_TRY(y, rewriter.add("aten::mul.Tensor", {{"self", steps.back()}, {"other", y}}));
    }
    steps.push_back(y);
  }
  CORTADO_TRY(ir::Value* y, rewriter.add("aten::cat.default", {{"tensors", steps}, {"dim", dim}}));
  return rewriter.finish({y});
}

// --- roll: y[(i + shift) mod size] = x[i]; without dims over the flattened input
Types infer_roll(const Operands& operands) {
  const std::size_t shifts = operands.integers("shifts").size();
  const std::vector<std::int64_t> dims = operands.integers("dims");
  if (dims.empty() ? shifts != 1 : shifts != dims.size()) return input_error("there must be one shift per dimension");
  for (std::int64_t dim : dims) {
    CORTADO_TRY(const std::size_t index, dimension(dim, operands.shape("self").size()));
    static_cast<void>(index);
  }
  return one(operands.real_dtype("self"), operands.shape("self"));
}

ir::Tensor rolled(const ir::Tensor& x, std::size_t dim, std::int64_t shift) {
  const DimensionRows rows(x.shape(), dim);
  if (x.elements() == 0) return x;
  const std::int64_t s = (shift % rows.length + rows.length) % rows.length;
  ir::Tensor y(x.dtype(), x.shape());
  const std::size_t block = static_cast<std::size_t>(rows.inner) * size_bytes(x.dtype());
  for (std::int64_t o = 0; o < rows.outer; ++o)
    for (std::int64_t i = 0; i < rows.length; ++i) {
      const std::uint8_t* from = x.bytes().data() + static_cast<std::size_t>(o * rows.length + i) * block;
      std::copy_n(from, block,
                  y.mutable_bytes().data() + static_cast<std::size_t>(o * rows.length + (i + s) % rows.length) * block);
    }
  return y;
}

Tensors evaluate_roll(const Operands& operands, const Environment& environment) {
  ir::Tensor x = environment.at(*operands.value("self"));
  const std::vector<std::int64_t> shifts = operands.integers("shifts");
  const std::vector<std::int64_t> dims = operands.integers("dims");
  if (dims.empty()) return one(rolled(x.reshaped({x.elements()}), 0, shifts[0]).reshaped(x.shape()));
  for (std::size_t i = 0; i < dims.size(); ++i) x = rolled(x, Operands::dimension(dims[i], x.rank()), shifts[i]);
  return one(std::move(x));
}

Definition definition(std::string_view op, std::string_view parameters, std::string_view summary,
                      std::string_view kernel, QuantizationRule rule, Types (*infer)(const Operands&),
                      Tensors (*evaluate)(const Operands&, const Environment&)) {
  return {.op = op,
          .schema = schema(parameters),
          .summary = summary,
          .infer = infer,
          .evaluate = evaluate,
          .quantization = rule,
          .lower = rule.output == OutputRule::same_as_input ? lower_selection : nullptr,
          .float_kernel = kernel};
}

}  // namespace

void add_cumulative(Registry& r) {
  // clang-format off: one line, one operator
  r.add(definition("aten::cumsum.default", "Tensor self, int dim, *, ScalarType? dtype=None", "y[i] = x[0] + … + x[i]", "aten::cumsum.out", observed(), infer_running, evaluate_running<false>));
  r.add(definition("aten::cumprod.default", "Tensor self, int dim, *, ScalarType? dtype=None", "y[i] = x[0] · … · x[i]", "", observed(), infer_running, evaluate_running<true>));
  r.add(definition("aten::tril.default", "Tensor self, SymInt diagonal=0", "zeros above a diagonal", "aten::tril.out", observed(), infer_triangle, evaluate_triangle<false>));
  r.add(definition("aten::triu.default", "Tensor self, SymInt diagonal=0", "zeros below a diagonal", "", observed(), infer_triangle, evaluate_triangle<true>));
  r.add(definition("aten::roll.default", "Tensor self, SymInt[1] shifts, int[1] dims=[]", "y[(i + shift) mod size] = x[i]", "aten::roll.out", same_as_input(), infer_roll, evaluate_roll));
  // clang-format on
  constexpr auto always = [](const Operands&) { return true; };
  constexpr auto lower = [](Formula& f, ir::Value* x, const Operands& o) { return triangle_by_mask<false>(f, x, o); };
  constexpr auto upper = [](Formula& f, ir::Value* x, const Operands& o) { return triangle_by_mask<true>(f, x, o); };
  constexpr auto is_short = [](const Operands& o) { return steps_of(o) <= 256; };  // whose ones take 64 KB of flash
  set_int8_formula(r, {"aten::cumsum.default"}, is_short,
                   [](Formula& f, ir::Value* x, const Operands& o) { return running_sums(f, x, o); });
  set_int8_formula(r, {"aten::tril.default"}, always, lower);
  set_int8_formula(r, {"aten::triu.default"}, always, upper);
  set_formula(r, {"aten::triu.default"}, upper);
  r.set_float_form({"aten::cumprod.default"}, products_in_float);
}

}  // namespace cortado::ops
