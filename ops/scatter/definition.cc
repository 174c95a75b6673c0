// A tensor with some of its elements replaced or added to.
#include <algorithm>

#include "ops/host/broadcast.h"
#include "ops/host/index.h"
#include "ops/host/rewrites.h"
#include "ops/host/selection.h"
#include "ops/host/view.h"
#include "ops/operator_list.h"

namespace cortado::ops {
namespace {

Types same_type(const Operands& operands) { return one(operands.real_dtype("self"), operands.shape("self")); }

enum class Combine : std::uint8_t { replace, add };

// y = x, then y[places[i]] = or += values[i]; values have x's type.
ir::Tensor put(const ir::Tensor& x, const std::vector<std::int64_t>& places, const ir::Tensor& values,
               Combine combine) {
  if (combine == Combine::replace) {
    ir::Tensor y = x;
    const std::size_t size = size_bytes(x.dtype());
    std::uint8_t* to = y.mutable_bytes().data();
    for (std::size_t i = 0; i < places.size(); ++i)
      std::copy_n(values.bytes().data() + i * size, size, to + static_cast<std::size_t>(places[i]) * size);
    return y;
  }
  return with_compute_type(x.dtype(), [&]<class T>(T) {
    ir::Tensor y = cast(x, compute_dtype(x.dtype()));
    const ir::Tensor addends = cast(values, compute_dtype(x.dtype()));
    T* to = y.mutable_data<T>();
    for (std::size_t i = 0; i < places.size(); ++i) to[places[i]] += addends.data<T>()[i];
    return cast(y, x.dtype());
  });
}

// A value stretched to `shape`, in x's type.
Result<ir::Tensor> stretched(const ir::Tensor& value, const ir::Shape& shape, DType dtype) {
  CORTADO_TRY(const ir::Shape common, broadcast_shapes(value.shape(), shape));
  if (common != shape) return input_error("the values do not stretch to the place they are put");
  return cast(read(value, View{shape, broadcast_strides(value.shape(), shape)}), dtype);
}

// --- scatter: y[index[i, j], j] = src[i, j] for dim 0
Types infer_scatter(const Operands& operands) {
  CORTADO_TRY(const std::size_t dim, dimension(operands.integer("dim"), operands.shape("self").size()));
  const ir::Shape& x = operands.shape("self");
  const ir::Shape& index = operands.shape("index");
  const ir::Value* src = operands.value("src");
  if (index.size() != x.size() || (src != nullptr && src->type.shape.size() != x.size()))
    return input_error("the operands differ in rank");
  for (std::size_t d = 0; d < x.size(); ++d)
    if ((d != dim && index[d] > x[d]) || (src != nullptr && index[d] > src->type.shape[d]))
      return input_error("the index is larger than the tensor");
  return same_type(operands);
}

template <Combine combine>
Tensors evaluate_scatter(const Operands& operands, const Environment& environment) {
  const ir::Tensor& x = environment.at(*operands.value("self"));
  const ir::Tensor& index = environment.at(*operands.value("index"));
  CORTADO_TRY(const std::vector<std::int64_t> places, places_along(x.shape(), index, operands.integer("dim")));
  if (!operands.has("src")) {
    CORTADO_TRY(const ir::Tensor value,
                stretched(scalar(operands.number("value"), x.dtype()), index.shape(), x.dtype()));
    return one(put(x, places, value, combine));
  }
  const ir::Tensor src = operand(operands, environment, "src", x.dtype());
  const View corner{index.shape(), ir::contiguous_strides(src.shape())};
  return one(put(x, places, read(src, corner), combine));
}

// --- index_put: x[indices…] = values
Types infer_index_put(const Operands& operands) {
  CORTADO_TRY(const AdvancedIndex index, advanced_index(operands, operands.shape("self")));
  CORTADO_TRY(const ir::Shape shape, broadcast_shapes(operands.shape("values"), index.result));
  if (shape != index.result) return input_error("the values do not stretch to the indexed shape");
  return same_type(operands);
}

Tensors evaluate_index_put(const Operands& operands, const Environment& environment) {
  const ir::Tensor& x = environment.at(*operands.value("self"));
  CORTADO_TRY(const AdvancedIndex index, advanced_index(operands, x.shape()));
  CORTADO_TRY(const std::vector<std::int64_t> places, index.places(environment));
  CORTADO_TRY(const ir::Tensor values, stretched(environment.at(*operands.value("values")), index.result, x.dtype()));
  return one(put(x, places, values, operands.flag("accumulate") ? Combine::add : Combine::replace));
}

// --- index_copy, index_add, index_fill: slices of a dimension
struct Slices {
  std::vector<std::int64_t> places;  // in the input, of every element of the slices
  ir::Shape shape;                   // of the slices
};
Result<Slices> slices(const Operands& operands, const ir::Shape& shape, const std::vector<std::int64_t>& index) {
  CORTADO_TRY(const std::size_t dim, dimension(operands.integer("dim"), shape.size()));
  ir::Tensor numbers(DType::i64, shape);
  for (std::int64_t i = 0; i < numbers.elements(); ++i) numbers.mutable_data<std::int64_t>()[i] = i;
  Slices s{{}, shape};
  if (!shape.empty()) s.shape[dim] = static_cast<std::int64_t>(index.size());
  const ir::Tensor taken = take_rows(numbers, dim, index, s.shape);
  s.places.assign(taken.data<std::int64_t>(), taken.data<std::int64_t>() + taken.elements());
  return s;
}

Types infer_slices(const Operands& operands) {
  ir::Shape shape = operands.shape("self");
  CORTADO_TRY(const std::size_t dim, dimension(operands.integer("dim"), shape.size()));
  if (!shape.empty()) shape[dim] = ir::element_count(operands.shape("index"));
  const ir::Value* source = operands.value("source");
  if (source != nullptr && source->type.shape != shape)
    return input_error("the source does not have the shape of the slices");
  return same_type(operands);
}

template <Combine combine>
Tensors evaluate_slices(const Operands& operands, const Environment& environment) {
  const ir::Tensor& x = environment.at(*operands.value("self"));
  const std::size_t dim = Operands::dimension(operands.integer("dim"), x.rank());
  CORTADO_TRY(const std::vector<std::int64_t> index,
              indices(environment.at(*operands.value("index")), x.rank() == 0 ? 1 : x.shape()[dim]));
  CORTADO_TRY(const Slices s, slices(operands, x.shape(), index));
  const std::string_view name = operands.has("source") ? "source" : "value";
  CORTADO_TRY(ir::Tensor values, stretched(operand(operands, environment, name, x.dtype()), s.shape, x.dtype()));
  if (combine == Combine::add && operands.has("alpha") && operands.number("alpha") != 1) {
    values = cast(values, DType::f64);
    for (std::int64_t i = 0; i < values.elements(); ++i) values.mutable_data<double>()[i] *= operands.number("alpha");
    values = cast(values, x.dtype());
  }
  return one(put(x, s.places, values, combine));
}

// --- select_scatter, slice_scatter: the part that select or slice would show
Result<std::vector<std::int64_t>> shown_places(const Operands& operands, const Environment& environment,
                                               std::string_view view) {
  struct Numbers final : Environment {
    ir::Tensor numbers;
    const ir::Tensor& at(const ir::Value&) const override { return numbers; }
  } source;
  const ir::Tensor& x = environment.at(*operands.value("self"));
  source.numbers = ir::Tensor(DType::i64, x.shape());
  for (std::int64_t i = 0; i < x.elements(); ++i) source.numbers.mutable_data<std::int64_t>()[i] = i;
  CORTADO_TRY(const auto shown, registry().find(view)->evaluate(operands, source));
  return std::vector<std::int64_t>(shown[0].data<std::int64_t>(), shown[0].data<std::int64_t>() + shown[0].elements());
}

constexpr std::string_view select_view = "aten::select.int";
constexpr std::string_view slice_view = "aten::slice.Tensor";

template <const std::string_view& view>
Types infer_part(const Operands& operands) {
  CORTADO_TRY(const auto types, registry().find(view)->infer(operands));
  if (types[0].shape != operands.shape("src"))
    return input_error("src does not have the shape of the part it replaces");
  return same_type(operands);
}
template <const std::string_view& view>
Tensors evaluate_part(const Operands& operands, const Environment& environment) {
  const ir::Tensor& x = environment.at(*operands.value("self"));
  CORTADO_TRY(const std::vector<std::int64_t> places, shown_places(operands, environment, view));
  return one(put(x, places, operand(operands, environment, "src", x.dtype()), Combine::replace));
}

Definition definition(std::string_view op, std::string_view parameters, std::string_view summary,
                      std::string_view kernel, Lower lower, Types (*infer)(const Operands&),
                      Tensors (*evaluate)(const Operands&, const Environment&)) {
  Definition result{.op = op,
                    .schema = schema(parameters),
                    .summary = summary,
                    .infer = infer,
                    .evaluate = evaluate,
                    .quantization = same_as_input(),
                    .lower = lower,
                    .float_kernel = kernel};
  for (const Parameter& parameter : result.schema)
    if (parameter.name == "index" && parameter.kind == ParameterKind::tensor)
      result.constraints = {{"the index is of an integer type", [](const Operands& o) {
                               return o.type("index").dtype == DType::i64 || o.type("index").dtype == DType::i32;
                             }}};
  return result;
}

// Sums are not of stored integers.
Status lower_index_put(const Operands& operands, Lowering& lowering) {
  if (operands.flag("accumulate")) return input_error("it adds, which has no int8 form");
  return lower_selection(operands, lowering);
}
Status lower_scatter_value(const Operands& operands, Lowering& lowering) {
  return lower_selection_with_number(operands, "value", lowering);
}

// index_copy, index_add and index_fill: index_put with one index, after None for every dimension before it.
Status rewrite_slices(const Operands& operands, Rewriter& rewriter) {
  if (operands.shape("self").empty()) return {};
  ir::Value* self = operands.value("self");
  ir::Value* index = operands.value("index");
  const bool adds = operands.node().op == "aten::index_add.default";
  CORTADO_TRY(index, rewriter.view(index, {index->type.elements()}));
  ir::Value* values = operands.value(operands.has("source") ? "source" : "value");
  if (values == nullptr) values = rewriter.number(operands.number("value"));
  if (values->type.dtype != self->type.dtype) {
    CORTADO_TRY(values, rewriter.add("aten::_to_copy.default", {{"self", values}, {"dtype", self->type.dtype}}));
  }
  if (adds && operands.number("alpha") != 1) {
    CORTADO_TRY(values, rewriter.add("aten::mul.Tensor", {{"self", values}, {"other", operands.argument("alpha")}}));
  }
  ir::ValueList indices(Operands::dimension(operands.integer("dim"), operands.shape("self").size()), nullptr);
  indices.push_back(index);
  CORTADO_TRY(ir::Value* y,
              rewriter.add("aten::index_put.default",
                           {{"self", self}, {"indices", indices}, {"values", values}, {"accumulate", adds}}));
  return rewriter.finish({y});
}

}  // namespace

void add_scatter(Registry& r) {
  constexpr auto replace = Combine::replace;
  constexpr auto sum = Combine::add;
  // clang-format off: one line, one operator
  r.add(definition("aten::scatter.src", "Tensor self, int dim, Tensor index, Tensor src", "y[index[i, j], j] = src[i, j] for dim 0", "aten::scatter.src_out", lower_selection, infer_scatter, evaluate_scatter<replace>));
  r.add(definition("aten::scatter.value", "Tensor self, int dim, Tensor index, Scalar value", "y[index[i, j], j] = value for dim 0", "aten::scatter.value_out", lower_scatter_value, infer_scatter, evaluate_scatter<replace>));
  r.add(definition("aten::scatter_add.default", "Tensor self, int dim, Tensor index, Tensor src", "y[index[i, j], j] += src[i, j] for dim 0", "aten::scatter_add.out", nullptr, infer_scatter, evaluate_scatter<sum>));
  r.add(definition("aten::index_put.default", "Tensor self, Tensor?[] indices, Tensor values, bool accumulate=False", "y = x, then y[indices…] = values", "aten::index_put.out", lower_index_put, infer_index_put, evaluate_index_put));
  r.add(definition("aten::index_copy.default", "Tensor self, int dim, Tensor index, Tensor source", "y = x, then y[…, index[i], …] = source[…, i, …]", "", nullptr, infer_slices, evaluate_slices<replace>));
  r.add(definition("aten::index_add.default", "Tensor self, int dim, Tensor index, Tensor source, *, Scalar alpha=1", "y = x, then y[…, index[i], …] += alpha · source[…, i, …]", "", nullptr, infer_slices, evaluate_slices<sum>));
  r.add(definition("aten::index_fill.int_Scalar", "Tensor self, int dim, Tensor index, Scalar value", "y = x, then y[…, index[i], …] = value", "", nullptr, infer_slices, evaluate_slices<replace>));
  r.add(definition("aten::index_fill.int_Tensor", "Tensor self, int dim, Tensor index, Tensor value", "y = x, then y[…, index[i], …] = value", "", nullptr, infer_slices, evaluate_slices<replace>));
  r.add(definition("aten::select_scatter.default", "Tensor self, Tensor src, int dim, SymInt index", "y = x, then y.select(dim, index) = src", "aten::select_scatter.out", lower_selection, infer_part<select_view>, evaluate_part<select_view>));
  r.add(definition("aten::slice_scatter.default", "Tensor self, Tensor src, int dim=0, SymInt? start=None, SymInt? end=None, SymInt step=1", "y = x, then the slice of y = src", "aten::slice_scatter.out", lower_selection, infer_part<slice_view>, evaluate_part<slice_view>));
  // clang-format on
  r.set_rewrite({"aten::index_copy.default", "aten::index_add.default", "aten::index_fill.int_Scalar",
                 "aten::index_fill.int_Tensor"},
                rewrite_slices);
}

}  // namespace cortado::ops
