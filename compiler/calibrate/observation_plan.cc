#include "compiler/calibrate/observation_plan.h"

#include <algorithm>
#include <limits>

#include "compiler/calibrate/recorded_ranges.h"
#include "compiler/quantize/parameter_groups.h"
#include "compiler/quantize/rules.h"

namespace cortado::compiler {
namespace {

using ops::OutputRule;

// What an activation's limits leave possible.
std::optional<Interval> limits_of(const ir::Node* producer) {
  const auto form = producer != nullptr ? clamp_form(*producer) : std::nullopt;
  if (!form) return std::nullopt;
  constexpr double unlimited = std::numeric_limits<float>::max();
  return Interval{form->low.value_or(-unlimited), form->high.value_or(unlimited)};
}

// The value gets parameters of its own: nothing else determines them.
bool has_own_range(const ir::Graph& graph, const ir::Value& value) {
  if (value.producer == nullptr) return true;  // an input or state
  const ir::Node* producer = value.producer;
  if (const ir::Node* merged_into = fused_producer(graph, *producer)) producer = merged_into;
  if (value.users.size() == 1 && fused_producer(graph, *value.users[0]) == value.producer) return false;
  const ops::QuantizationRule* rule = int8_rule(*producer);
  return rule == nullptr || rule->output == OutputRule::observed;
}

bool touches_int8(const ir::Value& value) {
  if (value.producer != nullptr && int8_rule(*value.producer) != nullptr) return true;
  return std::any_of(value.users.begin(), value.users.end(),
                     [](const ir::Node* user) { return int8_rule(*user) != nullptr; });
}

bool is_made_by_layer(const ir::Value& value) {
  const ops::QuantizationRule* rule = value.producer != nullptr ? int8_rule(*value.producer) : nullptr;
  return rule != nullptr && !rule->weight.empty();
}

// Logits: the group comes from a layer with weights and leaves the graph, and only nodes inside the group read it.
bool is_answer(const ir::Graph& graph, const ParameterGroups& groups, const ir::Value& value) {
  bool leaves = false, is_of_layer = false;
  for (const ir::Value* member : groups.of(value)) {
    leaves = leaves || graph.is_output(*member);
    const ir::Node* merged_into = member->producer != nullptr ? fused_producer(graph, *member->producer) : nullptr;
    is_of_layer = is_of_layer || is_made_by_layer(merged_into != nullptr ? *merged_into->outputs[0] : *member);
    for (const ir::Node* user : member->users)
      for (const ir::Value* output : user->outputs)
        if (groups.index(*output) != groups.index(value)) return false;
  }
  return leaves && is_of_layer;
}

ValueRole role_of(const ir::Graph& graph, const ParameterGroups& groups, const ir::Value& value,
                  const CalibrationOptions& options) {
  ValueRole role;
  role.is_answer = is_answer(graph, groups, value);
  for (const ir::Value* member : groups.of(value))
    role.is_state = role.is_state || member->kind == ir::ValueKind::state;
  const auto input = std::find(graph.inputs.begin(), graph.inputs.end(), &value);
  if (input != graph.inputs.end()) {
    role.is_input = true;
    const auto i = static_cast<std::size_t>(input - graph.inputs.begin());
    if (i < options.input_limits.size()) role.limits = options.input_limits[i];
  } else {
    role.limits = limits_of(value.producer);
  }
  return role;
}

void want_channel_means(const ir::Graph& graph, ObservationPlan& plan) {
  for (const auto& node : graph.nodes()) {
    const ops::QuantizationRule* rule = int8_rule(*node);
    if (rule == nullptr || rule->weight.empty() || rule->bias.empty()) continue;
    const std::vector<ir::Value*> inputs = data_inputs(*node, *rule);
    if (inputs.empty() || inputs[0]->kind == ir::ValueKind::constant) continue;
    const auto [entry, is_new] = plan.index.try_emplace(inputs[0], plan.observations.size());
    if (is_new) plan.observations.push_back({.value = inputs[0]});
    plan.observations[entry->second].channel_axis = rule->channel_axis;
  }
}

}  // namespace

ObservationPlan plan_observations(const ir::Graph& graph, const CalibrationOptions& options) {
  const ParameterGroups groups(graph);
  const auto recorded =
      options.synthetic ? recorded_ranges(graph, options.recorded) : std::map<const ir::Value*, Interval>();
  ObservationPlan plan;
  for (const auto& value : graph.values()) {
    const bool runs = value->kind == ir::ValueKind::input || value->kind == ir::ValueKind::result ||
                      value->kind == ir::ValueKind::state;
    if (!runs || value->type.dtype != DType::f32 || value->type.elements() == 0) continue;
    if (!touches_int8(*value) || !has_own_range(graph, *value)) continue;
    ValueRole role = role_of(graph, groups, *value, options);
    if (const auto found = recorded.find(value.get()); found != recorded.end()) role.recorded = found->second;
    plan.index[value.get()] = plan.observations.size();
    plan.observations.push_back({.value = value.get(), .wants_range = true, .role = role});
  }
  want_channel_means(graph, plan);
  return plan;
}

}  // namespace cortado::compiler
