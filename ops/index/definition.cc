// Elements chosen by index tensors.
#include <algorithm>

#include "ops/host/broadcast.h"
#include "ops/host/index.h"
#include "ops/host/selection.h"
#include "ops/operator_list.h"

namespace cortado::ops {
namespace {

bool is_index(const Operands& operands, std::string_view name) {
  const DType dtype = operands.type(name).dtype;
  return dtype == DType::i64 || dtype == DType::i32;
}

std::vector<Constraint> index_is_integer() {
  return {{"the index is of an integer type", [](const Operands& o) { return is_index(o, "index"); }}};
}

// --- index_select: y[…, i, …] = x[…, index[i], …]
Types infer_index_select(const Operands& operands) {
  ir::Shape shape = operands.shape("self");
  CORTADO_TRY(const std::size_t dim, dimension(operands.integer("dim"), shape.size()));
  if (operands.shape("index").size() > 1) return input_error("the index must have rank 0 or 1");
  if (!shape.empty()) shape[dim] = ir::element_count(operands.shape("index"));
  return one(operands.real_dtype("self"), std::move(shape));
}

Tensors evaluate_index_select(const Operands& operands, const Environment& environment) {
  CORTADO_TRY(const auto types, infer_index_select(operands));
  const ir::Tensor& x = environment.at(*operands.value("self"));
  const std::size_t dim = Operands::dimension(operands.integer("dim"), x.rank());
  const std::int64_t size = x.rank() == 0 ? 1 : x.shape()[dim];
  CORTADO_TRY(const std::vector<std::int64_t> index, indices(environment.at(*operands.value("index")), size));
  return one(take_rows(x, dim, index, types[0].shape));
}

// --- embedding: y[i…, :] = weight[indices[i…], :]
Types infer_embedding(const Operands& operands) {
  if (operands.shape("weight").size() != 2) return input_error("the table must have rank 2");
  ir::Shape shape = operands.shape("indices");
  shape.push_back(operands.shape("weight")[1]);
  return one(operands.real_dtype("weight"), std::move(shape));
}

Tensors evaluate_embedding(const Operands& operands, const Environment& environment) {
  CORTADO_TRY(const auto types, infer_embedding(operands));
  const ir::Tensor& table = environment.at(*operands.value("weight"));
  CORTADO_TRY(const std::vector<std::int64_t> index,
              indices(environment.at(*operands.value("indices")), table.shape()[0]));
  return one(take_rows(table, 0, index, types[0].shape));
}

// --- gather: y[i, j, k] = x[index[i, j, k], j, k] for dim 0, and so on
Types infer_gather(const Operands& operands) {
  const ir::Shape& x = operands.shape("self");
  const ir::Shape& index = operands.shape("index");
  CORTADO_TRY(const std::size_t dim, dimension(operands.integer("dim"), x.size()));
  if (std::max<std::size_t>(x.size(), 1) != std::max<std::size_t>(index.size(), 1))
    return input_error("input and index differ in rank");
  for (std::size_t d = 0; d < index.size() && d < x.size(); ++d)
    if (d != dim && index[d] > x[d]) return input_error("the index is larger than the input");
  return one(operands.real_dtype("self"), index);
}

Tensors evaluate_gather(const Operands& operands, const Environment& environment) {
  const ir::Tensor& x = environment.at(*operands.value("self"));
  const ir::Tensor& index = environment.at(*operands.value("index"));
  CORTADO_TRY(const std::vector<std::int64_t> places, places_along(x.shape(), index, operands.integer("dim")));
  return one(take(x, places, index.shape()));
}

// --- index.Tensor: y = x[indices…]
Types infer_index(const Operands& operands) {
  CORTADO_TRY(const AdvancedIndex index, advanced_index(operands, operands.shape("self")));
  return one(operands.real_dtype("self"), index.result);
}

Tensors evaluate_index(const Operands& operands, const Environment& environment) {
  const ir::Tensor& x = environment.at(*operands.value("self"));
  CORTADO_TRY(const AdvancedIndex index, advanced_index(operands, x.shape()));
  CORTADO_TRY(const std::vector<std::int64_t> places, index.places(environment));
  return one(take(x, places, index.result));
}

}  // namespace

void add_index(Registry& r) {
  r.add({.op = "aten::index_select.default",
         .schema = schema("Tensor self, int dim, Tensor index"),
         .summary = "y[…, i, …] = x[…, index[i], …]",
         .constraints = index_is_integer(),
         .infer = infer_index_select,
         .evaluate = evaluate_index_select,
         .quantization = same_as_input(),
         .lower = lower_selection,
         .float_kernel = "aten::index_select.out"});
  r.add({.op = "aten::gather.default",
         .schema = schema("Tensor self, int dim, Tensor index, *, bool sparse_grad=False"),
         .summary = "y[i, j, k] = x[index[i, j, k], j, k] for dim 0",
         .constraints = index_is_integer(),
         .infer = infer_gather,
         .evaluate = evaluate_gather,
         .quantization = same_as_input(),
         .lower = lower_selection,
         .float_kernel = "aten::gather.out"});
  r.add({.op = "aten::index.Tensor",
         .schema = schema("Tensor self, Tensor?[] indices"),
         .summary = "y = x[indices…], None takes a whole dimension",
         .infer = infer_index,
         .evaluate = evaluate_index,
         .quantization = same_as_input(),
         .lower = lower_selection,
         .float_kernel = "aten::index.Tensor_out"});
  r.add({.op = "aten::embedding.default",
         .schema = schema(
             "Tensor weight, Tensor indices, SymInt padding_idx=-1, bool scale_grad_by_freq=False, bool sparse=False"),
         .summary = "y[i, :] = table[indices[i], :]",
         .constraints = {{"the indices are of an integer type",
                          [](const Operands& o) { return is_index(o, "indices"); }}},
         .infer = infer_embedding,
         .evaluate = evaluate_embedding,
         .quantization = same_as_input(),
         .lower = lower_selection,
         .float_kernel = "aten::embedding.out"});
}

}  // namespace cortado::ops
