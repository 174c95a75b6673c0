#include "compiler/fold_qdq/compare_stored.h"

#include "compiler/fold_qdq/notes.h"
#include "ops/alias/alias.h"
#include "ops/definition.h"

namespace cortado::compiler {
namespace {

bool compares_with_a_number(const ir::Node& node) {
  const ops::Definition* definition = ops::registry().find(node.op);
  if (definition == nullptr || definition->lower == nullptr || node.outputs.size() != 1) return false;
  const std::vector<ir::Value*> inputs = ir::input_values(node);
  return node.outputs[0]->type.dtype == DType::boolean && inputs.size() == 1 && inputs[0]->type.is_quantized() &&
         inputs[0]->type.quantization->is_per_tensor() && node.arguments[0].name == "self";
}

}  // namespace

Status compare_stored(ir::Graph& graph) {
  for (ir::Node* node : graph.snapshot()) {
    if (!compares_with_a_number(*node) || !noted_as_quantized(node->source)) continue;
    ir::Value* self = ir::input_values(*node)[0];
    ir::Type stored = self->type;
    stored.quantization =
        ir::quantization(1, 0, self->type.quantization->quant_min, self->type.quantization->quant_max);
    graph.set_argument(*node, "self",
                       ops::insert_alias(graph, node, node->name, self, std::move(stored), node->source)->outputs[0]);
  }
  return {};
}

}  // namespace cortado::compiler
