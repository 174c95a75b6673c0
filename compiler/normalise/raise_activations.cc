// relu(view(layer(x))) is view(relu(layer(x))): next to its layer an activation costs nothing.
#include "compiler/normalise/passes.h"
#include "compiler/normalise/rewrite.h"

namespace cortado::compiler {
namespace {

const ops::Definition* definition_of(const ir::Node& node) { return ops::registry().find(node.op); }

bool is_activation(const ir::Node& node) {
  const ops::Definition* definition = definition_of(node);
  return definition != nullptr && definition->quantization.fuses_into_producer && definition->clamp_form != nullptr &&
         definition->clamp_form(operands_of(node)).has_value() && ir::input_values(node).size() == 1;
}

// The node that makes `value` when it only shows another value's elements, and for `value`'s one user alone.
ir::Node* movement_before(const ir::Graph& graph, const ir::Value& value) {
  ir::Node* node = value.producer;
  if (node == nullptr || graph.use_count(value) != 1 || node->outputs.size() != 1) return nullptr;
  const ops::Definition* definition = definition_of(*node);
  return definition != nullptr && (definition->reshapes || definition->permutation != nullptr) ? node : nullptr;
}

// The first movement after a layer that takes an activation in, looking back from `value`; null where there is none.
ir::Node* first_movement(const ir::Graph& graph, const ir::Value& value) {
  ir::Node* first = nullptr;
  const ir::Value* from = &value;
  while (ir::Node* movement = movement_before(graph, *from)) {
    first = movement;
    from = ir::input_values(*movement).front();
  }
  if (first == nullptr || from->producer == nullptr || graph.use_count(*from) != 1) return nullptr;
  const ops::Definition* layer = definition_of(*from->producer);
  return layer != nullptr && layer->quantization.accepts_activation ? first : nullptr;
}

}  // namespace

Status raise_activations(ir::Graph& graph) {
  for (ir::Node* node : graph.snapshot()) {
    if (!is_activation(*node)) continue;
    ir::Value* moved = ir::input_values(*node).front();
    ir::Node* movement = first_movement(graph, *moved);
    if (movement == nullptr) continue;
    std::vector<ir::NamedArgument> arguments = node->arguments;
    arguments[0].value = ir::input_values(*movement).front();
    ir::Value* activated = graph
                               .insert(movement, node->op, node->name, std::move(arguments),
                                       {ir::input_values(*movement).front()->type}, node->source)
                               ->outputs[0];
    graph.set_argument(*movement, movement->arguments[0].name, activated);
    graph.replace_uses(*node->outputs[0], *moved);
    graph.erase(*node);
  }
  return {};
}

}  // namespace cortado::compiler
