// Tensors put together along a dimension.
#include <cstring>

#include "ops/host/rewrites.h"
#include "ops/host/selection.h"
#include "ops/operator_list.h"

namespace cortado::ops {
namespace {

Result<DType> common_dtype(const ir::ValueList& values) {
  if (values.empty()) return input_error("the list of tensors is empty");
  DType dtype = Operands::real_dtype(*values[0]);
  for (const ir::Value* value : values) dtype = promote(dtype, Operands::real_dtype(*value));
  return dtype;
}

// cat leaves out empty tensors of rank 1, as PyTorch does.
bool counts(const ir::Shape& shape) { return shape != ir::Shape{0}; }

Types infer_cat(const Operands& operands) {
  const ir::ValueList values = operands.values("tensors");
  CORTADO_TRY(const DType dtype, common_dtype(values));
  ir::Shape shape = {0};
  std::size_t dim = 0;
  bool is_first = true;
  for (const ir::Value* value : values) {
    const ir::Shape& next = value->type.shape;
    if (!counts(next)) continue;
    if (next.empty()) return input_error("tensors of rank 0 cannot be put together");
    if (is_first) {
      CORTADO_TRY(dim, dimension(operands.integer("dim"), next.size()));
      shape = next;
      is_first = false;
      continue;
    }
    ir::Shape expected = shape;
    if (next.size() == shape.size()) expected[dim] = next[dim];
    if (next != expected) return input_error("the tensors differ in another dimension than the one given");
    if (__builtin_add_overflow(shape[dim], next[dim], &shape[dim])) return input_error("the result is too large");
  }
  return one(dtype, std::move(shape));
}

// Rows of `outer` blocks: the block of every tensor in turn.
ir::Tensor concatenate(const std::vector<ir::Tensor>& tensors, DType dtype, const ir::Shape& shape, std::size_t dim) {
  ir::Tensor result(dtype, shape);
  const std::size_t outer =
      static_cast<std::size_t>(ir::element_count({shape.begin(), shape.begin() + static_cast<std::ptrdiff_t>(dim)}));
  std::uint8_t* to = result.mutable_bytes().data();
  for (std::size_t row = 0; row < outer; ++row)
    for (const ir::Tensor& tensor : tensors) {
      const std::size_t block = tensor.size_bytes() / outer;
      if (block != 0) std::memcpy(to, tensor.bytes().data() + row * block, block);
      to += block;
    }
  return result;
}

Tensors evaluate_cat(const Operands& operands, const Environment& environment) {
  CORTADO_TRY(const auto types, infer_cat(operands));
  std::vector<ir::Tensor> tensors;
  for (const ir::Value* value : operands.values("tensors"))
    if (counts(value->type.shape)) tensors.push_back(cast(environment.at(*value), types[0].dtype));
  return one(concatenate(tensors, types[0].dtype, types[0].shape,
                         Operands::dimension(operands.integer("dim"), types[0].shape.size())));
}

Types infer_stack(const Operands& operands) {
  const ir::ValueList values = operands.values("tensors");
  CORTADO_TRY(const DType dtype, common_dtype(values));
  ir::Shape shape = values[0]->type.shape;
  for (const ir::Value* value : values)
    if (value->type.shape != shape) return input_error("the tensors differ in shape");
  CORTADO_TRY(const std::size_t dim, dimension(operands.integer("dim"), shape.size() + 1));
  shape.insert(shape.begin() + static_cast<std::ptrdiff_t>(dim), static_cast<std::int64_t>(values.size()));
  return one(dtype, std::move(shape));
}

Tensors evaluate_stack(const Operands& operands, const Environment& environment) {
  CORTADO_TRY(const auto types, infer_stack(operands));
  std::vector<ir::Tensor> tensors;
  for (const ir::Value* value : operands.values("tensors"))
    tensors.push_back(cast(environment.at(*value), types[0].dtype));
  return one(concatenate(tensors, types[0].dtype, types[0].shape,
                         Operands::dimension(operands.integer("dim"), types[0].shape.size())));
}

// cat.default; of one tensor it is that tensor.
Status rewrite_cat(const Operands& operands, Rewriter& rewriter) {
  const ir::ValueList tensors = operands.values("tensors");
  if (tensors.size() == 1 && tensors[0]->type.shape == operands.output_type().shape)
    return rewriter.finish({tensors[0]});
  if (operands.node().op == "aten::cat.default") return {};
  CORTADO_TRY(ir::Value* y,
              rewriter.add("aten::cat.default", {{"tensors", tensors}, {"dim", operands.argument("dim")}}));
  return rewriter.finish({y});
}

// Every tensor gets the new dimension, then they are put together along it.
Status rewrite_stack(const Operands& operands, Rewriter& rewriter) {
  const std::size_t dim = Operands::dimension(operands.integer("dim"), operands.output_type().shape.size());
  ir::ValueList parts;
  for (ir::Value* tensor : operands.values("tensors")) {
    ir::Shape shape = tensor->type.shape;
    shape.insert(shape.begin() + static_cast<std::ptrdiff_t>(dim), 1);
    CORTADO_TRY(ir::Value* part, rewriter.view(tensor, shape));
    parts.push_back(part);
  }
  CORTADO_TRY(ir::Value* y,
              rewriter.add("aten::cat.default", {{"tensors", parts}, {"dim", static_cast<std::int64_t>(dim)}}));
  return rewriter.finish({y});
}

}  // namespace

void add_cat(Registry& registry) {
  for (std::string_view op : {"aten::cat.default", "aten::concat.default", "aten::concatenate.default"})
    registry.add({.op = op,
                  .schema = schema("Tensor[] tensors, int dim=0"),
                  .summary = "tensors one after the other along a dimension",
                  .infer = infer_cat,
                  .evaluate = evaluate_cat,
                  .quantization = same_as_input(),
                  .lower = lower_selection,
                  .float_kernel = "aten::cat.out"});
  registry.add({.op = "aten::stack.default",
                .schema = schema("Tensor[] tensors, int dim=0"),
                .summary = "tensors one after the other along a new dimension",
                .infer = infer_stack,
                .evaluate = evaluate_stack,
                .quantization = same_as_input(),
                .lower = lower_selection,
                .float_kernel = "aten::stack.out"});
  registry.set_rewrite({"aten::cat.default", "aten::concat.default", "aten::concatenate.default"}, rewrite_cat);
  registry.set_rewrite({"aten::stack.default"}, rewrite_stack);
}

}  // namespace cortado::ops
