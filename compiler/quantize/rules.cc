#include "compiler/quantize/rules.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "ops/operands.h"

namespace cortado::compiler {
namespace {

// A mask of −∞ or −10⁹ that would have to share its parameters with data: no steps would be left for the data. Larger
// constants are tables.
const ir::Value* unfit_mask(const ir::Node& node, const ops::QuantizationRule& rule) {
  constexpr double widest = 10000;
  constexpr std::int64_t most_elements = 1 << 20;
  if (rule.output != ops::OutputRule::same_as_input) return nullptr;
  for (const ir::Value* value : data_inputs(node, rule)) {
    if (value->kind != ir::ValueKind::constant || value->data.elements() > most_elements) continue;
    const float* numbers = value->data.data<float>();
    for (std::int64_t i = 0; i < value->data.elements(); ++i)
      if (!(std::abs(numbers[i]) <= widest)) return value;
  }
  return nullptr;
}

}  // namespace

const ops::QuantizationRule* int8_rule(const ir::Node& node) {
  const ops::Definition* definition = ops::registry().find(node.op);
  if (definition == nullptr) return nullptr;
  const ops::QuantizationRule& rule = definition->quantization;
  const bool has_form = definition->lower != nullptr || definition->reshapes || definition->permutation != nullptr ||
                        rule.fuses_into_producer;
  return has_form && rule.output != ops::OutputRule::float_only && unfit_mask(node, rule) == nullptr ? &rule : nullptr;
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
  if (const ir::Value* mask = unfit_mask(node, definition->quantization))
    return fmt::format("'{}' holds numbers too large to share an int8 range with others", mask->name);
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
      if (rule.keeps_constants && value->kind == ir::ValueKind::constant) return;
      if (value->type.dtype == DType::f32 && std::find(inputs.begin(), inputs.end(), value) == inputs.end())
        inputs.push_back(value);
    });
  }
  return inputs;
}

}  // namespace cortado::compiler
