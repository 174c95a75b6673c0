#include "compiler/quantize/int8_nodes.h"

#include <fmt/format.h>

#include <algorithm>

#include "compiler/quantize/rules.h"

namespace cortado::compiler {
namespace {

using Reasons = std::map<const ir::Node*, std::string>;

// The node itself, or a module that it is in: "features.3" holds "features.3.conv.0".
bool is_named(const ir::Node& node, const std::string& name) {
  const std::string& module = node.source.module;
  return node.name == name || module == name ||
         (module.size() > name.size() && module.starts_with(name) && module[name.size()] == '.');
}

bool is_constant(const ir::Value* value) { return value != nullptr && value->kind == ir::ValueKind::constant; }

std::string own_reason(const ir::Node& node) {
  const ops::QuantizationRule* rule = int8_rule(node);
  if (rule == nullptr) return float_reason(node);
  const auto value_of = [&](std::string_view argument) -> const ir::Value* {
    const ir::Argument* found = argument.empty() ? nullptr : node.find(argument);
    const auto* value = found != nullptr ? std::get_if<ir::Value*>(found) : nullptr;
    return value != nullptr ? *value : nullptr;
  };
  if (!rule->weight.empty() && !is_constant(value_of(rule->weight)))
    return "its weight is computed while the model runs";
  const ir::Value* bias = value_of(rule->bias);
  if (bias != nullptr && !is_constant(bias)) return "its bias is computed while the model runs";
  for (const ir::Value* value : ir::input_values(node))
    if (is_float(value->type.dtype) && value->type.dtype != DType::f32)
      return fmt::format("'{}' is {}, only f32 can become int8", value->name, name(value->type.dtype));
  if (data_inputs(node, *rule).empty()) return "it has no float input";
  return "";
}

// An activation can only be part of a producer in int8; alone it needs an operator of its own.
void join_activations(const ir::Graph& graph, Reasons& reasons) {
  for (const auto& node : graph.nodes()) {
    const ir::Node* activation = fused_activation(graph, *node);
    if (activation == nullptr) {
      const ops::Definition* definition = ops::registry().find(node->op);
      const bool needs_producer =
          definition != nullptr && definition->lower == nullptr && definition->quantization.fuses_into_producer;
      if (needs_producer && fused_producer(graph, *node) == nullptr && reasons[node.get()].empty())
        reasons[node.get()] = "the operator before it cannot take it in";
      continue;
    }
    std::string& first = reasons[node.get()];
    std::string& second = reasons[activation];
    if (first.empty() != second.empty()) (first.empty() ? first : second) = first + second;
  }
}

// Moving numbers about in int8 gains nothing between operators in float, and would round.
void release_lone_movers(const ir::Graph& graph, const ParameterGroups& groups, Reasons& reasons) {
  std::map<std::size_t, std::pair<bool, bool>> neighbours;  // of a group: some in int8, some in float
  const auto is_mover = [](const ir::Node& node) {
    const ops::QuantizationRule* rule = int8_rule(node);
    return rule != nullptr && rule->output == ops::OutputRule::same_as_input;
  };
  for (const auto& node : graph.nodes()) {
    if (is_mover(*node) || !takes_or_makes_float(*node)) continue;
    const auto note = [&](const ir::Value* value) {
      auto& [in_int8, in_float] = neighbours[groups.index(*value)];
      (reasons[node.get()].empty() ? in_int8 : in_float) = true;
    };
    for (const ir::Value* value : ir::input_values(*node)) note(value);
    for (const ir::Value* value : node->outputs) note(value);
  }
  for (const auto& node : graph.nodes()) {
    if (!is_mover(*node) || !reasons[node.get()].empty()) continue;
    const auto found = neighbours.find(groups.index(*data_inputs(*node, *int8_rule(*node))[0]));
    if (found != neighbours.end() && !found->second.first && found->second.second)
      reasons[node.get()] = "all operators around it are in float";
  }
}

}  // namespace

bool takes_or_makes_float(const ir::Node& node) {
  const auto is_float_value = [](const ir::Value* value) { return is_float(value->type.dtype); };
  const std::vector<ir::Value*> inputs = ir::input_values(node);
  return std::any_of(inputs.begin(), inputs.end(), is_float_value) ||
         std::any_of(node.outputs.begin(), node.outputs.end(), is_float_value);
}

Result<Int8Nodes> Int8Nodes::choose(const ir::Graph& graph, const ParameterGroups& groups,
                                    const std::set<std::string>& keep_float) {
  Int8Nodes nodes;
  for (const auto& node : graph.nodes()) nodes.reasons_[node.get()] = own_reason(*node);
  for (const std::string& name : keep_float) {
    bool found = false;
    for (const auto& node : graph.nodes()) {
      if (!is_named(*node, name)) continue;
      found = true;
      nodes.reasons_[node.get()] = "kept in float by request";
    }
    if (!found)
      return usage_error(fmt::format("there is no node or module '{}' to keep in float", name),
                         "'cortado inspect MODEL' lists the nodes");
  }
  join_activations(graph, nodes.reasons_);
  release_lone_movers(graph, groups, nodes.reasons_);
  return nodes;
}

}  // namespace cortado::compiler
