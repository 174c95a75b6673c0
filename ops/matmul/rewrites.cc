// A product with a constant matrix is linear.default, any other is bmm.default; sums with a product are both.
#include "ops/matmul/rewrites.h"

#include "ops/host/broadcast.h"
#include "ops/host/rewrites.h"

namespace cortado::ops::matmul {
namespace {

bool is_constant_matrix(const ir::Value& value) {
  return value.kind == ir::ValueKind::constant && value.type.shape.size() == 2 && is_float(value.type.dtype) &&
         !value.type.is_quantized();
}

// linear.default takes [out, in].
ir::Value* transposed(Rewriter& rewriter, const ir::Value& matrix) {
  return rewriter.graph().add_constant(matrix.name + "_transposed",
                                       ir::permuted(matrix.data, std::vector<std::int64_t>{1, 0}), matrix.source_name);
}

Result<ir::Value*> by_linear(Rewriter& rewriter, ir::Value* x, const ir::Value& matrix, const ir::Argument& bias) {
  return rewriter.add("aten::linear.default", {{"input", x}, {"weight", transposed(rewriter, matrix)}, {"bias", bias}});
}

// [batch…, rows, columns] stretched to the common batch, then of rank 3.
Result<ir::Value*> in_batch(Rewriter& rewriter, ir::Value* x, const ir::Shape& batch) {
  ir::Shape shape = batch;
  shape.insert(shape.end(), x->type.shape.end() - 2, x->type.shape.end());
  if (ir::element_count(shape) != ir::element_count(x->type.shape)) {
    CORTADO_TRY(x, rewriter.add("aten::expand.default", {{"self", x}, {"size", shape}}));
  }
  return rewriter.view(x, {ir::element_count(batch), shape[shape.size() - 2], shape.back()});
}

Result<ir::Value*> by_bmm(Rewriter& rewriter, ir::Value* a, ir::Value* b) {
  if (a->type.shape.size() == 1) {
    CORTADO_TRY(a, rewriter.view(a, {1, a->type.shape[0]}));
  }
  if (b->type.shape.size() == 1) {
    CORTADO_TRY(b, rewriter.view(b, {b->type.shape[0], 1}));
  }
  const ir::Shape& left = a->type.shape;
  const ir::Shape& right = b->type.shape;
  CORTADO_TRY(const ir::Shape batch,
              broadcast_shapes({left.begin(), left.end() - 2}, {right.begin(), right.end() - 2}));
  CORTADO_TRY(a, in_batch(rewriter, a, batch));
  CORTADO_TRY(b, in_batch(rewriter, b, batch));
  return rewriter.add("aten::bmm.default", {{"self", a}, {"mat2", b}});
}

// The factors are the schema's first two parameters.
Status rewrite_product(const Operands& operands, Rewriter& rewriter) {
  ir::Value* a = operands.value(operands.schema()[0].name);
  ir::Value* b = operands.value(operands.schema()[1].name);
  if (!is_float(operands.output_type().dtype)) return {};
  ir::Value* y = nullptr;
  if (is_constant_matrix(*b)) {
    CORTADO_TRY(y, by_linear(rewriter, a, *b, ir::None{}));
  } else {
    CORTADO_TRY(y, by_bmm(rewriter, a, b));
  }
  CORTADO_TRY(y, rewriter.result_view(y, operands.output_type().shape));
  return rewriter.finish({y});
}

Result<ir::Value*> scaled(Rewriter& rewriter, ir::Value* x, double factor) {
  if (factor == 1) return x;
  return rewriter.add("aten::mul.Tensor", {{"self", x}, {"other", factor}});
}

// beta · self + alpha · (a · b); the factors are the second and third parameter.
Status rewrite_sum(const Operands& operands, Rewriter& rewriter) {
  ir::Value* bias = operands.value("self");
  ir::Value* a = operands.value(operands.schema()[1].name);
  ir::Value* b = operands.value(operands.schema()[2].name);
  const double beta = operands.number("beta");
  const double alpha = operands.number("alpha");
  const ir::Shape& shape = operands.output_type().shape;
  if (!is_float(operands.output_type().dtype)) return {};
  if (is_constant_matrix(*b) && beta == 1 && alpha == 1 && bias->kind == ir::ValueKind::constant &&
      bias->type.shape == ir::Shape{shape.back()}) {
    CORTADO_TRY(ir::Value* y, by_linear(rewriter, a, *b, bias));
    return rewriter.finish({y});
  }
  CORTADO_TRY(ir::Value* product, rewriter.add("aten::matmul.default", {{"self", a}, {"other", b}}));
  CORTADO_TRY(product, scaled(rewriter, product, alpha));
  if (beta != 0) {
    CORTADO_TRY(ir::Value* addend, scaled(rewriter, bias, beta));
    CORTADO_TRY(product, rewriter.add("aten::add.Tensor", {{"self", product}, {"other", addend}}));
  }
  return rewriter.finish({product});
}

}  // namespace

void set_rewrites(Registry& registry) {
  registry.set_rewrite(
      {"aten::mm.default", "aten::matmul.default", "aten::mv.default", "aten::dot.default", "aten::vdot.default"},
      rewrite_product);
  registry.set_rewrite({"aten::addmm.default", "aten::baddbmm.default", "aten::addmv.default"}, rewrite_sum);
}

}  // namespace cortado::ops::matmul
