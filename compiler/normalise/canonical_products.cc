// Products with a constant matrix become linear.default, other matrix products bmm.default.
#include "compiler/normalise/passes.h"
#include "compiler/normalise/rewrite.h"

namespace cortado::compiler {
namespace {

bool is_matrix(const ir::Value* value) {
  return value != nullptr && value->kind == ir::ValueKind::constant && value->type.shape.size() == 2;
}

// wᵀ as a constant: linear.default takes [out, in].
ir::Value* transposed(Rewriter& rewrite, const ir::Value& matrix) {
  return rewrite.graph().add_constant(matrix.name + "_transposed", ir::permuted(matrix.data, std::vector<std::int64_t>{1, 0}),
                                      matrix.source_name);
}

Status to_linear(Rewriter& rewrite, ir::Value* x, const ir::Value& matrix, const ir::Argument& bias) {
  CORTADO_TRY(ir::Value * y, rewrite.add("aten::linear.default", {{"input", x}, {"weight", transposed(rewrite, matrix)}, {"bias", bias}}));
  CORTADO_TRY(y, rewrite.view(y, rewrite.node().outputs[0]->type.shape));
  rewrite.replace_and_erase(*y);
  return {};
}

Status from_addmm(Rewriter& rewrite, const ops::Operands& operands) {
  const ir::Value* bias = operands.value("self");
  const ir::Value* matrix = operands.value("mat2");
  if (!is_matrix(matrix) || bias->kind != ir::ValueKind::constant || operands.number("beta") != 1 || operands.number("alpha") != 1)
    return {};
  if (bias->type.shape != ir::Shape{matrix->type.shape[1]}) return {};
  return to_linear(rewrite, operands.value("mat1"), *matrix, operands.argument("self"));
}

// [..., M, K] · [..., K, N] with equal leading sizes → bmm of [B, M, K] and [B, K, N].
Status to_bmm(Rewriter& rewrite, ir::Value* a, ir::Value* b) {
  const ir::Shape& left = a->type.shape;
  const ir::Shape& right = b->type.shape;
  if (left.size() < 2 || left.size() != right.size()) return {};
  std::int64_t batch = 1;
  for (std::size_t i = 0; i + 2 < left.size(); ++i) {
    if (left[i] != right[i]) return {};
    batch *= left[i];
  }
  const std::size_t r = left.size();
  CORTADO_TRY(ir::Value * x, rewrite.view(a, {batch, left[r - 2], left[r - 1]}));
  CORTADO_TRY(ir::Value * y, rewrite.view(b, {batch, right[r - 2], right[r - 1]}));
  CORTADO_TRY(ir::Value * product, rewrite.add("aten::bmm.default", {{"self", x}, {"mat2", y}}));
  CORTADO_TRY(product, rewrite.view(product, rewrite.node().outputs[0]->type.shape));
  rewrite.replace_and_erase(*product);
  return {};
}

}  // namespace

Status canonical_products(ir::Graph& graph) {
  for (ir::Node* node : graph.snapshot()) {
    Rewriter rewrite(graph, *node);
    if (node->op == "aten::addmm.default") CORTADO_CHECK(from_addmm(rewrite, operands_of(*node)));
    if (node->op != "aten::mm.default" && node->op != "aten::matmul.default") continue;
    const ops::Operands operands = operands_of(*node);
    ir::Value* a = operands.value(operands.schema()[0].name);
    ir::Value* b = operands.value(operands.schema()[1].name);
    if (is_matrix(b) && !a->type.shape.empty()) CORTADO_CHECK(to_linear(rewrite, a, *b, ir::None{}));
    else CORTADO_CHECK(to_bmm(rewrite, a, b));
  }
  graph.remove_dead();
  return {};
}

}  // namespace cortado::compiler
