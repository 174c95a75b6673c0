#include "compiler/quantize/rules.h"

#include <algorithm>

#include "ops/operands.h"

namespace cortado::compiler {

const ops::QuantizationRule* int8_rule(const ir::Node& node) {
  const ops::Definition* definition = ops::registry().find(node.op);
  if (definition == nullptr) return nullptr;
  const ops::QuantizationRule& rule = definition->quantization;
  const bool has_form = definition->lower != nullptr || definition->reshapes || definition->permutation != nullptr ||
                        rule.fuses_into_producer;
  return has_form && rule.output != ops::OutputRule::float_only ? &rule : nullptr;
}

std::optional<ops::ClampForm> clamp_form(const ir::Node& node) {
  const ops::Definition* definition = ops::registry().find(node.op);
  if (definition == nullptr || definition->clamp_form == nullptr) return std::nullopt;
  return definition->clamp_form(ops::Operands(node, definition->schema));
}

std::string float_reason(const ir::Node& node) {
  const ops::Definition* definition = ops::registry().find(node.op);
  if (definition == nullptr) return "the operator is unknown";
  if (!definition->quantization.float_reason.empty()) return std::string(definition->quantization.float_reason);
  return "the operator has no int8 form";
}

const ir::Node* fused_activation(const ir::Graph& graph, const ir::Node& node) {
  const ops::QuantizationRule* rule = int8_rule(node);
  if (rule == nullptr || !rule->accepts_activation || node.outputs.size() != 1) return nullptr;
  const ir::Value& output = *node.outputs[0];
  if (output.users.size() != 1 || graph.use_count(output) != 1) return nullptr;
  const ir::Node& user = *output.users[0];
  const ops::QuantizationRule* user_rule = int8_rule(user);
  if (user_rule == nullptr || !user_rule->fuses_into_producer || !clamp_form(user)) return nullptr;
  const std::vector<ir::Value*> inputs = ir::input_values(user);
  return inputs.size() == 1 && inputs[0] == &output && user.outputs.size() == 1 ? &user : nullptr;
}

const ir::Node* fused_producer(const ir::Graph& graph, const ir::Node& activation) {
  const std::vector<ir::Value*> inputs = ir::input_values(activation);
  if (inputs.size() != 1 || inputs[0]->producer == nullptr) return nullptr;
  return fused_activation(graph, *inputs[0]->producer) == &activation ? inputs[0]->producer : nullptr;
}

std::vector<ir::Value*> data_inputs(const ir::Node& node, const ops::QuantizationRule& rule) {
  std::vector<ir::Value*> inputs;
  for (const ir::NamedArgument& argument : node.arguments) {
    if (argument.name == rule.weight || argument.name == rule.bias) continue;
    ir::for_each_value(argument.value, [&](ir::Value* value) {
      if (value->type.dtype == DType::f32 && std::find(inputs.begin(), inputs.end(), value) == inputs.end())
        inputs.push_back(value);
    });
  }
  return inputs;
}

}  // namespace cortado::compiler
