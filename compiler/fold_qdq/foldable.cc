#include "compiler/fold_qdq/foldable.h"

#include <algorithm>

#include "compiler/fold_qdq/notes.h"
#include "compiler/fold_qdq/parameters.h"
#include "ops/definition.h"

namespace cortado::compiler {
namespace {

const ops::Definition* definition_of(const ir::Node& node) { return ops::registry().find(node.op); }

bool has_integer_form(const ops::Definition& definition) {
  return definition.lower != nullptr || definition.reshapes || definition.permutation != nullptr;
}

bool moves_elements(const ops::Definition& definition) {
  return definition.quantization.output == ops::OutputRule::same_as_input;
}

bool is_real(const ir::Value& value) { return is_float(value.type.dtype); }

bool is_bias(const ir::Node& node, const ops::Definition& definition, const ir::Value& value) {
  if (definition.quantization.bias.empty() || value.kind != ir::ValueKind::constant) return false;
  const ir::Argument* bias = node.find(definition.quantization.bias);
  const auto* given = bias == nullptr ? nullptr : std::get_if<ir::Value*>(bias);
  return given != nullptr && *given == &value;
}

// Only constants can have parameters per channel.
bool has_usable_parameters(const ir::Node& qdq) {
  const auto parameters = qdq_parameters(qdq);
  if (!parameters) return false;
  return parameters.value().quantization.is_per_tensor() || qdq_input(qdq)->kind == ir::ValueKind::constant;
}

}  // namespace

std::vector<ir::Node*> quantizing_users(const ir::Value& value) {
  std::vector<ir::Node*> nodes;
  for (ir::Node* user : value.users)
    if (qdq_kind(*user) == QdqKind::quantize && qdq_input(*user) == &value) nodes.push_back(user);
  return nodes;
}

ir::Node* dequantizing_producer(const ir::Value& value) {
  return value.producer != nullptr && qdq_kind(*value.producer) == QdqKind::dequantize ? value.producer : nullptr;
}

Foldable::Foldable(const ir::Graph& graph)
    : graph_(&graph), has_notes_(has_notes(graph)), means_operators_(has_notes_ || has_quantized_weights(graph)) {}

bool Foldable::wanted(const ir::Node& node) const {
  if (!means_operators_ || qdq_kind(node) != QdqKind::none) return false;
  const ops::Definition* definition = definition_of(node);
  if (definition == nullptr || !has_integer_form(*definition)) return false;
  return !has_notes_ || noted_as_quantized(node.source);
}

const ir::Node* Foldable::fused_activation(const ir::Graph& graph, const ir::Node& node) {
  const ops::Definition* definition = definition_of(node);
  if (definition == nullptr || node.outputs.size() != 1) return nullptr;
  if (!definition->quantization.accepts_activation && !moves_elements(*definition)) return nullptr;
  const ir::Value& output = *node.outputs[0];
  if (!is_real(output) || output.users.size() != 1 || graph.use_count(output) != 1) return nullptr;
  const ir::Node& user = *output.users[0];
  const ops::Definition* activation = definition_of(user);
  if (activation == nullptr || !activation->quantization.fuses_into_producer || activation->clamp_form == nullptr)
    return nullptr;
  const auto form = activation->clamp_form(ops::Operands(user, activation->schema));
  if (!form || (moves_elements(*definition) && form->divisor != 1)) return nullptr;
  return &user;
}

bool Foldable::inputs_fold(const ir::Node& node) const {
  const ops::Definition& definition = *definition_of(node);
  bool any = false;
  for (const ir::Value* value : ir::input_values(node)) {
    if (!is_real(*value) || is_bias(node, definition, *value)) continue;
    if (definition.quantization.keeps_constants && value->kind == ir::ValueKind::constant) continue;
    if (const ir::Node* dequantize = dequantizing_producer(*value)) {
      if (!has_usable_parameters(*dequantize)) return false;
      any = true;
      continue;
    }
    // The part of an activation that the operator before it computes.
    const ir::Node* producer = value->producer;
    if (producer == nullptr || folded_.count(producer) == 0 || fused_activation(*graph_, *producer) != &node)
      return false;
    any = true;
  }
  return any;
}

bool Foldable::outputs_fold(const ir::Node& node) const {
  const bool selects = moves_elements(*definition_of(node));
  bool any = false;
  for (const ir::Value* output : node.outputs) {
    if (graph_->use_count(*output) == 0) continue;
    if (!is_real(*output)) {
      if (!selects) return false;  // only a selection gives the same indices and truths on integers
      any = true;
      continue;
    }
    const auto quantizing = quantizing_users(*output);
    if (quantizing.empty() || !has_usable_parameters(*quantizing[0])) return false;
    any = true;
  }
  return any;
}

bool Foldable::keeps_parameters(const ir::Node& node, const ir::Node& last) const {
  std::optional<QdqParameters> first;
  const auto agrees = [&](const ir::Node& qdq) {
    auto parameters = qdq_parameters(qdq);
    if (!parameters) return false;
    if (!first) first = parameters.value();
    return *first == parameters.value();
  };
  for (const ir::Value* value : ir::input_values(node))
    if (const ir::Node* dequantize = dequantizing_producer(*value); dequantize != nullptr && !agrees(*dequantize))
      return false;
  for (const ir::Value* output : last.outputs)
    for (const ir::Node* quantize : quantizing_users(*output))
      if (!agrees(*quantize)) return false;
  return true;
}

bool Foldable::operator()(const ir::Node& node) {
  if (!wanted(node) || !inputs_fold(node)) return false;
  const ir::Node* activation = fused_activation(*graph_, node);
  const ir::Node& last = activation != nullptr ? *activation : node;
  if (!wanted(last) || !outputs_fold(last)) return false;
  const bool follows_producer = dequantizing_producer(*ir::input_values(node).front()) == nullptr;
  if (moves_elements(*definition_of(node)) && !follows_producer && !keeps_parameters(node, last)) return false;
  folded_.insert(&node);
  return true;
}

}  // namespace cortado::compiler
