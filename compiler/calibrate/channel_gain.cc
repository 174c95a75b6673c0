#include "compiler/calibrate/channel_gain.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "compiler/quantize/rules.h"

namespace cortado::compiler {
namespace {

const ir::Value* constant_of(const ir::Node& node, std::string_view argument) {
  const ir::Argument* found = node.find(argument);
  const auto* value = found != nullptr ? std::get_if<ir::Value*>(found) : nullptr;
  return value != nullptr && *value != nullptr && (*value)->kind == ir::ValueKind::constant &&
                 (*value)->type.dtype == DType::f32
             ? *value
             : nullptr;
}

// The rule of a layer with constant weights, output channels first.
const ops::QuantizationRule* layer_rule(const ir::Node& node) {
  const ops::QuantizationRule* rule = int8_rule(node);
  if (rule == nullptr || rule->weight.empty() || rule->bias.empty() || rule->weight_axis != 0) return nullptr;
  if (!rule->weight_per_channel || constant_of(node, rule->weight) == nullptr) return nullptr;
  const ir::Argument* bias = node.find(rule->bias);
  return bias == nullptr || bias->is_none() || constant_of(node, rule->bias) != nullptr ? rule : nullptr;
}

// One input channel an output channel, or several output channels of one.
bool is_depthwise(const ir::Node& node, const ir::Value& input) {
  const ops::QuantizationRule* rule = layer_rule(node);
  if (rule == nullptr || input.type.shape.size() < 3 || node.find("groups") == nullptr) return false;
  const auto* groups = std::get_if<std::int64_t>(node.find("groups"));
  const std::vector<ir::Value*> inputs = data_inputs(node, *rule);
  const ir::Shape& weight = constant_of(node, rule->weight)->type.shape;
  return groups != nullptr && *groups == input.type.shape[1] && weight[1] == 1 && weight[0] % *groups == 0 &&
         inputs.size() == 1 && inputs[0] == &input;
}

std::optional<GainPlace> place_of(const ir::Graph& graph, const ir::Value& value) {
  if (value.producer == nullptr || value.users.empty() || value.type.shape.size() < 3) return std::nullopt;
  if (graph.use_count(value) != value.users.size()) return std::nullopt;  // it leaves the graph
  GainPlace place{.value = &value, .layer = value.producer, .depthwise = {}, .limit = {}};
  for (ir::Node* user : value.users) {
    if (!is_depthwise(*user, value)) return std::nullopt;
    place.depthwise.push_back(user);
  }
  if (const auto clamp = clamp_form(*value.producer)) {
    const std::vector<ir::Value*> inputs = ir::input_values(*value.producer);
    if (clamp->low != 0.0 || clamp->offset != 0 || clamp->divisor != 1 || inputs.size() != 1) return std::nullopt;
    if (inputs[0]->producer == nullptr || graph.use_count(*inputs[0]) != 1) return std::nullopt;
    place.limit = clamp->high;
    place.layer = inputs[0]->producer;
  }
  if (layer_rule(*place.layer) == nullptr || place.layer->outputs[0]->type.shape != value.type.shape)
    return std::nullopt;
  return place;
}

struct Rows {
  std::int64_t count, elements;  // of a row
};
Rows rows_of(const ir::Tensor& tensor) { return {tensor.shape()[0], tensor.elements() / tensor.shape()[0]}; }

// Row r of a constant times factor(r), as a new constant in its place.
template <class Factor>
void multiply_rows(ir::Graph& graph, ir::Node& node, std::string_view argument, Factor factor) {
  const ir::Value* old = constant_of(node, argument);
  if (old == nullptr) return;  // no bias
  ir::Tensor data = old->data;
  const Rows rows = rows_of(data);
  float* to = data.mutable_data<float>();
  for (std::int64_t r = 0; r < rows.count; ++r)
    for (std::int64_t i = 0; i < rows.elements; ++i, ++to)
      *to = static_cast<float>(static_cast<double>(*to) * factor(r));
  ir::Value* made = graph.add_constant(old->name + "_gained", std::move(data), old->source_name);
  graph.set_argument(node, argument, made);
}

void apply(ir::Graph& graph, const GainPlace& place, std::span<const double> gains) {
  const auto gain = [&](std::int64_t channel) { return gains[static_cast<std::size_t>(channel)]; };
  const ops::QuantizationRule& layer = *layer_rule(*place.layer);
  multiply_rows(graph, *place.layer, layer.weight, gain);
  multiply_rows(graph, *place.layer, layer.bias, gain);
  for (ir::Node* node : place.depthwise) {
    const std::string_view weight = layer_rule(*node)->weight;
    const std::int64_t each = constant_of(*node, weight)->type.shape[0] / static_cast<std::int64_t>(gains.size());
    multiply_rows(graph, *node, weight, [&](std::int64_t row) { return 1 / gain(row / each); });
  }
}

// The largest |value| of each channel of a tensor [n, c, …], joined with what is in `largest`.
void join_largest(const ir::Tensor& tensor, std::vector<double>& largest) {
  const std::int64_t channels = tensor.shape()[1];
  const std::int64_t inner = tensor.elements() / (tensor.shape()[0] * channels);
  largest.resize(static_cast<std::size_t>(channels));
  const float* x = tensor.data<float>();
  for (std::int64_t row = 0; row < tensor.shape()[0] * channels; ++row, x += inner) {
    float most = 0;
    for (std::int64_t i = 0; i < inner; ++i) most = std::max(most, std::fabs(x[i]));
    double& channel = largest[static_cast<std::size_t>(row % channels)];
    channel = std::max(channel, static_cast<double>(most));
  }
}

}  // namespace

std::vector<GainPlace> find_gain_places(const ir::Graph& graph) {
  std::vector<GainPlace> places;
  for (const auto& node : graph.nodes())
    for (const ir::Value* output : node->outputs)
      if (output->type.elements() != 0)
        if (auto place = place_of(graph, *output)) places.push_back(std::move(*place));
  return places;
}

std::vector<double> choose_gains(std::span<const double> largest, std::optional<double> limit) {
  constexpr double most = 4, margin = 2, smallest = 1e-6;
  const double all = *std::max_element(largest.begin(), largest.end());
  std::vector<double> gains;
  for (const double channel : largest) {
    const double own = std::max(channel, smallest);
    double gain = std::clamp(std::max(all, smallest) / own, 1.0, most);
    if (limit) gain = std::min(gain, std::max(1.0, *limit / (margin * own)));
    gains.push_back(gain);
  }
  return gains;
}

Result<Gains> measure_gains(const ir::Graph& graph, const SampleRunner& runner) {
  const std::vector<GainPlace> places = find_gain_places(graph);
  std::map<const ir::Value*, std::size_t> index;  // looked up only
  for (std::size_t i = 0; i < places.size(); ++i) index[places[i].value] = i;
  // One set a thread; the largest of all does not depend on who found it.
  std::vector<std::vector<std::vector<double>>> found(runner.threads(),
                                                      std::vector<std::vector<double>>(places.size()));
  CORTADO_CHECK(
      runner.run("measuring channels",
                 [&](std::size_t, std::size_t thread, const ir::Value& value, const ir::Tensor& tensor) -> Status {
                   if (const auto place = index.find(&value); place != index.end())
                     join_largest(tensor, found[thread][place->second]);
                   return {};
                 }));
  Gains gains;
  for (std::size_t i = 0; i < places.size(); ++i) {
    std::vector<double> largest(static_cast<std::size_t>(places[i].value->type.shape[1]));
    for (const auto& thread : found)
      for (std::size_t c = 0; c < thread[i].size(); ++c) largest[c] = std::max(largest[c], thread[i][c]);
    gains[places[i].value->name] = choose_gains(largest, places[i].limit);
  }
  return gains;
}

ir::Tensor multiplied(const ir::Tensor& tensor, std::span<const double> gains) {
  ir::Tensor result = tensor;
  const std::int64_t channels = tensor.shape()[1];
  const std::int64_t inner = tensor.elements() / (tensor.shape()[0] * channels);
  float* to = result.mutable_data<float>();
  for (std::int64_t row = 0; row < tensor.shape()[0] * channels; ++row, to += inner) {
    const auto gain = static_cast<float>(gains[static_cast<std::size_t>(row % channels)]);
    for (std::int64_t i = 0; i < inner; ++i) to[i] *= gain;
  }
  return result;
}

Status apply_gains(ir::Graph& graph, const Gains& gains) {
  std::size_t applied = 0;
  for (const GainPlace& place : find_gain_places(graph)) {
    const auto found = gains.find(place.value->name);
    if (found == gains.end()) continue;
    if (static_cast<std::int64_t>(found->second.size()) != place.value->type.shape[1])
      return input_error(fmt::format("the ranges have {} gains for '{}', which has {} channels", found->second.size(),
                                     place.value->name, place.value->type.shape[1]),
                         "calibrate this model again");
    apply(graph, place, found->second);
    ++applied;
  }
  if (applied == gains.size()) return {};
  return input_error("the ranges have gains for values that cannot have them", "calibrate this model again");
}

}  // namespace cortado::compiler
