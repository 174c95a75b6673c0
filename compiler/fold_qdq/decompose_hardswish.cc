#include "compiler/fold_qdq/decompose_hardswish.h"

#include <cmath>

#include "compiler/fold_qdq/notes.h"
#include "compiler/lower/quantized_bounds.h"
#include "ops/alias/alias.h"
#include "ops/definition.h"

namespace cortado::compiler {
namespace {

constexpr std::string_view hardswish_op = "aten::hardswish.default";

bool applies(const ir::Graph& graph, const ir::Node& node) {
  if (node.op != hardswish_op || !noted_as_quantized(node.source)) return false;
  const ir::Value& x = *ir::input_values(node).front();
  if (!x.type.is_quantized() || !node.outputs[0]->type.is_quantized()) return false;
  if (x.producer == nullptr || graph.use_count(x) != 1) return false;
  const ops::Definition* producer = ops::registry().find(x.producer->op);
  return producer != nullptr && !producer->quantization.weight.empty();
}

void decompose(ir::Graph& graph, ir::Node& node) {
  ir::Value* x = ir::input_values(node).front();
  const ir::Type& result = node.outputs[0]->type;
  const auto three = static_cast<std::int8_t>(quantized_bound(3, *x->type.quantization));
  ir::Value* limit = graph.add_constant(node.name + "_three", ir::Tensor::of<std::int8_t>(DType::i8, {}, {three}));
  limit->type.quantization = x->type.quantization;

  ir::Value* low =
      graph.insert(&node, "aten::minimum.default", node.name, {{"self", x}, {"other", limit}}, {x->type}, node.source)
          ->outputs[0];
  ir::Type shifted = x->type;
  shifted.quantization->zero_point[0] -= static_cast<std::int32_t>(std::nearbyint(3 / shifted.quantization->scale[0]));
  ir::Value* gate = ops::insert_alias(graph, &node, node.name, low, shifted, node.source)->outputs[0];

  ir::Type product = result;
  product.quantization->scale[0] *= 6;
  ir::Value* six_fold =
      graph.insert(&node, "aten::mul.Tensor", node.name, {{"self", x}, {"other", gate}}, {product}, node.source)
          ->outputs[0];
  ir::Value* alias = ops::insert_alias(graph, &node, node.name, six_fold, result, node.source)->outputs[0];
  graph.replace_uses(*node.outputs[0], *alias);
  graph.erase(node);
}

}  // namespace

Status decompose_hardswish(ir::Graph& graph) {
  for (ir::Node* node : graph.snapshot())
    if (applies(graph, *node)) decompose(graph, *node);
  return {};
}

}  // namespace cortado::compiler
