// Tensors put side by side, turned and given dimensions, said by cat, flip, permute and view.
#include <utility>

#include "ops/host/broadcast.h"
#include "ops/host/rewrites.h"
#include "ops/operator_list.h"

namespace cortado::ops {
namespace {

// The shape with dimensions of size 1, as atleast_1d, 2d and 3d add them: [n] → [1, n] → [1, n, 1].
ir::Shape raised(ir::Shape shape, std::size_t rank) {
  if (shape.empty() && rank > 0) shape = {1};
  if (shape.size() == 1 && rank > 1) shape.insert(shape.begin(), 1);
  if (shape.size() == 2 && rank > 2) shape.push_back(1);
  return shape;
}

// cat of the tensors, each of at least `rank` dimensions.
Status stack_along(const Operands& operands, Rewriter& rewriter, std::size_t rank, std::int64_t dim) {
  ir::ValueList tensors = operands.values("tensors");
  if (tensors.empty()) return input_error("there is nothing to join");
  for (ir::Value*& tensor : tensors) {
    CORTADO_TRY(tensor, rewriter.view(tensor, raised(tensor->type.shape, rank)));
  }
  CORTADO_TRY(ir::Value* y, rewriter.add("aten::cat.default", {{"tensors", tensors}, {"dim", dim}}));
  return rewriter.finish({y});
}

Status rewrite_hstack(const Operands& operands, Rewriter& rewriter) {
  const ir::ValueList tensors = operands.values("tensors");
  return stack_along(operands, rewriter, 1, !tensors.empty() && tensors[0]->type.shape.size() > 1 ? 1 : 0);
}
Status rewrite_vstack(const Operands& operands, Rewriter& rewriter) { return stack_along(operands, rewriter, 2, 0); }
Status rewrite_dstack(const Operands& operands, Rewriter& rewriter) { return stack_along(operands, rewriter, 3, 2); }

// Vectors are columns.
Status rewrite_column_stack(const Operands& operands, Rewriter& rewriter) {
  ir::ValueList tensors = operands.values("tensors");
  if (tensors.empty()) return input_error("there is nothing to join");
  for (ir::Value*& tensor : tensors)
    if (tensor->type.shape.size() < 2) {
      CORTADO_TRY(tensor, rewriter.view(tensor, {ir::element_count(tensor->type.shape), 1}));
    }
  CORTADO_TRY(ir::Value* y, rewriter.add("aten::cat.default", {{"tensors", tensors}, {"dim", std::int64_t{1}}}));
  return rewriter.finish({y});
}

template <std::size_t rank>
Status rewrite_atleast(const Operands& operands, Rewriter& rewriter) {
  ir::Value* x = operands.value("self");
  CORTADO_TRY(ir::Value* y, rewriter.view(x, raised(x->type.shape, rank)));
  return rewriter.finish({y});
}

template <std::int64_t dim>
Status rewrite_flip(const Operands& operands, Rewriter& rewriter) {
  CORTADO_TRY(ir::Value* y,
              rewriter.add("aten::flip.default", {{"self", operands.value("self")}, {"dims", std::vector{dim}}}));
  return rewriter.finish({y});
}

// k quarter turns in the plane of two dimensions: a flip of one, of both, or an exchange of them.
Status rewrite_rot90(const Operands& operands, Rewriter& rewriter) {
  ir::Value* y = operands.value("self");
  const std::vector<std::int64_t> plane = operands.integers("dims");
  if (plane.size() != 2) return input_error("a plane has two dimensions");
  CORTADO_TRY(const std::size_t a, dimension(plane[0], y->type.shape.size()));
  CORTADO_TRY(const std::size_t b, dimension(plane[1], y->type.shape.size()));
  if (a == b) return input_error("a plane has two dimensions");
  const std::int64_t turns = (operands.integer("k") % 4 + 4) % 4;
  const auto ia = static_cast<std::int64_t>(a), ib = static_cast<std::int64_t>(b);
  std::vector<std::int64_t> flipped;
  if (turns == 2) flipped = {ia, ib};
  if (turns == 1) flipped = {ib};
  if (turns == 3) flipped = {ia};
  if (!flipped.empty()) {
    CORTADO_TRY(y, rewriter.add("aten::flip.default", {{"self", y}, {"dims", flipped}}));
  }
  if (turns % 2 == 1) {
    CORTADO_TRY(y, rewriter.add("aten::transpose.int", {{"self", y}, {"dim0", ia}, {"dim1", ib}}));
  }
  return rewriter.finish({y});
}

Status rewrite_last_two(const Operands& operands, Rewriter& rewriter) {
  CORTADO_TRY(ir::Value* y,
              rewriter.add("aten::transpose.int",
                           {{"self", operands.value("self")}, {"dim0", std::int64_t{-2}}, {"dim1", std::int64_t{-1}}}));
  return rewriter.finish({y});
}

// --- meshgrid: vector i along dimension i, or the first two exchanged; repeated along the others
Result<ir::Shape> grid_shape(const Operands& operands) {
  ir::Shape shape;
  for (const ir::Value* tensor : operands.values("tensors")) {
    if (tensor->type.shape.size() > 1) return input_error("the tensors must be vectors");
    shape.push_back(ir::element_count(tensor->type.shape));
  }
  const bool by_columns = operands.text("indexing") == "xy";
  if (by_columns && shape.size() >= 2) std::swap(shape[0], shape[1]);
  return shape;
}

Types infer_grid(const Operands& operands) {
  CORTADO_TRY(const ir::Shape shape, grid_shape(operands));
  std::vector<ir::Type> types;
  for (const ir::Value* tensor : operands.values("tensors"))
    types.push_back(plain(Operands::real_dtype(*tensor), shape));
  return types;
}

Status rewrite_grid(const Operands& operands, Rewriter& rewriter) {
  CORTADO_TRY(const ir::Shape shape, grid_shape(operands));
  const bool by_columns = operands.text("indexing") == "xy";
  ir::ValueList results;
  for (ir::Value* tensor : operands.values("tensors")) {
    const std::size_t i = results.size();
    const std::size_t dim = by_columns && i < 2 && shape.size() >= 2 ? 1 - i : i;
    ir::Shape alone(shape.size(), 1);
    alone[dim] = shape[dim];
    CORTADO_TRY(ir::Value* y, rewriter.view(tensor, alone));
    CORTADO_TRY(y, rewriter.add("aten::expand.default", {{"self", y}, {"size", shape}}));
    results.push_back(y);
  }
  return rewriter.finish(results);
}

// --- broadcast_tensors: all in the one shape that they stretch to
Result<ir::Shape> common_shape(const ir::ValueList& tensors) {
  ir::Shape shape;
  for (const ir::Value* tensor : tensors) {
    CORTADO_TRY(shape, broadcast_shapes(shape, tensor->type.shape));
  }
  return shape;
}

Types infer_broadcast(const Operands& operands) {
  CORTADO_TRY(const ir::Shape shape, common_shape(operands.values("tensors")));
  std::vector<ir::Type> types;
  for (const ir::Value* tensor : operands.values("tensors"))
    types.push_back(plain(Operands::real_dtype(*tensor), shape));
  return types;
}

Result<ir::Value*> stretched(ir::Value* x, const ir::Shape& shape, Rewriter& rewriter) {
  if (x->type.shape == shape) return x;
  return rewriter.add("aten::expand.default", {{"self", x}, {"size", shape}});
}

Status rewrite_broadcast(const Operands& operands, Rewriter& rewriter) {
  CORTADO_TRY(const ir::Shape shape, common_shape(operands.values("tensors")));
  ir::ValueList results;
  for (ir::Value* tensor : operands.values("tensors")) {
    CORTADO_TRY(ir::Value* y, stretched(tensor, shape, rewriter));
    results.push_back(y);
  }
  return rewriter.finish(results);
}

// gather of tensors that stretch to each other in the other dimensions; without a dimension, of the flattened ones.
Status rewrite_take_along(const Operands& operands, Rewriter& rewriter) {
  ir::Value *x = operands.value("self"), *index = operands.value("indices");
  std::int64_t dim = 0;
  if (!operands.has("dim") || x->type.shape.empty()) {
    CORTADO_TRY(x, rewriter.view(x, {ir::element_count(x->type.shape)}));
    CORTADO_TRY(index, rewriter.view(index, {ir::element_count(index->type.shape)}));
  } else {
    CORTADO_TRY(const std::size_t d, dimension(operands.integer("dim"), x->type.shape.size()));
    if (x->type.shape.size() != index->type.shape.size()) return input_error("input and indices differ in rank");
    ir::Shape of_x = x->type.shape, of_index = index->type.shape;
    of_x[d] = of_index[d] = 1;
    CORTADO_TRY(ir::Shape common, broadcast_shapes(of_x, of_index));
    common[d] = x->type.shape[d];
    CORTADO_TRY(x, stretched(x, common, rewriter));
    common[d] = index->type.shape[d];
    CORTADO_TRY(index, stretched(index, common, rewriter));
    dim = static_cast<std::int64_t>(d);
  }
  CORTADO_TRY(ir::Value* y, rewriter.add("aten::gather.default", {{"self", x}, {"dim", dim}, {"index", index}}));
  return rewriter.finish({y});
}

Definition grid(std::string_view op, std::string_view parameters) {
  return composed({.op = op,
                   .schema = schema(parameters),
                   .summary = "coordinates of a grid",
                   .infer = infer_grid,
                   .quantization = in_float("it is spelled out before quantization")},
                  rewrite_grid);
}

}  // namespace

void add_arrange(Registry& r) {
  const std::string_view joined = "the tensors side by side";
  r.add(composition("aten::hstack.default", "Tensor[] tensors", joined, rewrite_hstack));
  r.add(composition("aten::vstack.default", "Tensor[] tensors", joined, rewrite_vstack));
  r.add(composition("aten::dstack.default", "Tensor[] tensors", joined, rewrite_dstack));
  r.add(composition("aten::column_stack.default", "Tensor[] tensors", joined, rewrite_column_stack));
  r.add(composition("aten::atleast_1d.default", "Tensor self", "x with at least one dimension", rewrite_atleast<1>));
  r.add(composition("aten::atleast_2d.default", "Tensor self", "x with at least two dimensions", rewrite_atleast<2>));
  r.add(composition("aten::atleast_3d.default", "Tensor self", "x with at least three dimensions", rewrite_atleast<3>));
  r.add(composition("aten::fliplr.default", "Tensor self", "x with its columns reversed", rewrite_flip<1>));
  r.add(composition("aten::flipud.default", "Tensor self", "x with its rows reversed", rewrite_flip<0>));
  r.add(composition("aten::rot90.default", "Tensor self, int k=1, int[] dims=[0, 1]", "x turned by k quarters",
                    rewrite_rot90));
  r.add(grid("aten::meshgrid.default", "Tensor[] tensors"));
  r.add(grid("aten::meshgrid.indexing", "Tensor[] tensors, *, str indexing"));
  r.add(composed({.op = "aten::broadcast_tensors.default",
                  .schema = schema("Tensor[] tensors"),
                  .summary = "the tensors, stretched to one shape",
                  .infer = infer_broadcast,
                  .quantization = in_float("it is spelled out before quantization")},
                 rewrite_broadcast));
  r.add(composition("aten::take_along_dim.default", "Tensor self, Tensor indices, int? dim=None",
                    "y[i, j, k] = x[indices[i, j, k], j, k] for dim 0", rewrite_take_along));
  for (std::string_view op : {"aten::mT.default", "aten::adjoint.default"})
    r.add(composition(op, "Tensor self", "y = xᵀ", rewrite_last_two));
}

}  // namespace cortado::ops
