#include "compiler/quantize/quantize.h"

#include <fmt/format.h>

#include <unordered_map>

#include "compiler/calibrate/channel_gain.h"
#include "compiler/calibrate/fingerprint.h"
#include "compiler/quantize/borders.h"
#include "compiler/quantize/caller_types.h"
#include "compiler/quantize/group_parameters.h"
#include "compiler/quantize/int8_nodes.h"
#include "compiler/quantize/layer.h"
#include "compiler/quantize/parameter_groups.h"
#include "compiler/quantize/rules.h"
#include "ops/infer.h"
#include "support/parallel.h"

namespace cortado::compiler {
namespace {

// One node, with the activation that will be merged into it.
struct Unit {
  ir::Node* node = nullptr;
  const ops::QuantizationRule* rule = nullptr;
  const ir::Node* activation = nullptr;
  std::vector<ir::Value*> inputs;                  // float data, constants among them
  std::vector<ir::Quantization> input_parameters;  // of `inputs`
  std::vector<ir::Value*> outputs;                 // f32 values that become quantized
  std::vector<ir::Quantization> output_parameters;
};

class Quantizer {
 public:
  Quantizer(ir::Graph& graph, const Ranges& ranges, const QuantizeOptions& options, const Int8Nodes& nodes,
            const GroupParameters& parameters)
      : graph_(graph), ranges_(ranges), options_(options), nodes_(nodes), parameters_(parameters), borders_(graph) {}

  Status run() {
    CORTADO_CHECK(find_units());
    CORTADO_CHECK(make_layers());
    CORTADO_CHECK(type_inputs(graph_, options_, parameters_));
    CORTADO_CHECK(type_states(graph_, nodes_, parameters_));
    for (std::size_t i = 0; i < steps_.size(); ++i) {
      if (steps_[i].unit)
        rewrite(*steps_[i].unit, layers_[i]);
      else if (!steps_[i].is_absorbed)
        feed_real_numbers(*steps_[i].node);
    }
    CORTADO_CHECK(type_outputs(graph_, options_, parameters_, borders_));
    graph_.remove_dead();
    return {};
  }

 private:
  struct Step {
    ir::Node* node;
    std::optional<Unit> unit;  // absent: the node is not in int8
    bool is_absorbed = false;  // an activation that belongs to the unit before
  };

  Status find_units();
  Result<Unit> make_unit(ir::Node& node) const;
  Status make_layers();
  void rewrite(const Unit& unit, const std::optional<IntegerLayer>& layer);
  void place_layer(const Unit& unit, const IntegerLayer& layer);
  void feed_real_numbers(ir::Node& node);

  ir::Graph& graph_;
  const Ranges& ranges_;
  const QuantizeOptions& options_;
  const Int8Nodes& nodes_;
  const GroupParameters& parameters_;
  Borders borders_;
  std::vector<Step> steps_;                          // in order of execution
  std::vector<std::optional<IntegerLayer>> layers_;  // one per step
};

Status Quantizer::find_units() {
  for (ir::Node* node : graph_.snapshot()) {
    Step step{node, std::nullopt};
    step.is_absorbed = nodes_.contains(*node) && fused_producer(graph_, *node) != nullptr;
    if (nodes_.contains(*node) && !step.is_absorbed && takes_or_makes_float(*node)) {
      CORTADO_TRY(step.unit, make_unit(*node));
    }
    steps_.push_back(std::move(step));
  }
  return {};
}

Result<Unit> Quantizer::make_unit(ir::Node& node) const {
  Unit unit{.node = &node, .rule = int8_rule(node), .activation = fused_activation(graph_, node)};
  const bool shares = unit.rule->output == ops::OutputRule::same_as_input;
  unit.inputs = data_inputs(node, *unit.rule);
  for (const ir::Value* input : unit.inputs) {
    // A value with fixed parameters keeps them, unless it must share its reader's.
    const ir::Quantization* fixed = shares ? nullptr : fixed_parameters(*input);
    CORTADO_TRY(const ir::Quantization group, parameters_.of(*input));
    unit.input_parameters.push_back(fixed != nullptr ? *fixed : group);
  }
  for (ir::Value* output : unit.activation != nullptr ? unit.activation->outputs : node.outputs) {
    if (output->type.dtype != DType::f32) continue;
    const ir::Quantization* fixed = fixed_parameters(*output);
    CORTADO_TRY(const ir::Quantization group, parameters_.of(*output));
    unit.outputs.push_back(output);
    unit.output_parameters.push_back(fixed != nullptr ? *fixed : group);
  }
  return unit;
}

// All before anything is rewritten: bias correction evaluates the float nodes.
Status Quantizer::make_layers() {
  layers_.resize(steps_.size());
  return parallel_for(steps_.size(), 0, [&](std::size_t i, std::size_t) -> Status {
    const std::optional<Unit>& unit = steps_[i].unit;
    if (!unit || unit->rule->weight.empty() || unit->output_parameters.empty()) return {};
    const auto means = ranges_.channel_means.find(unit->inputs[0]->name);
    const bool corrects =
        options_.correct_bias && means != ranges_.channel_means.end() && means->second.axis == unit->rule->channel_axis;
    const auto rounding = ranges_.roundings.find(unit->node->name);
    CORTADO_TRY(layers_[i], integer_layer(*unit->node, *unit->rule, unit->input_parameters[0].scale[0],
                                          unit->output_parameters[0].scale[0], corrects ? &means->second : nullptr,
                                          rounding != ranges_.roundings.end() ? &rounding->second : nullptr));
    return {};
  });
}

void Quantizer::rewrite(const Unit& unit, const std::optional<IntegerLayer>& layer) {
  std::vector<ir::NamedArgument> arguments = unit.node->arguments;
  for (ir::NamedArgument& argument : arguments) {
    if (argument.name == unit.rule->weight || argument.name == unit.rule->bias) continue;
    ir::for_each_value(argument.value, [&](ir::Value*& value) {
      for (std::size_t i = 0; i < unit.inputs.size(); ++i)
        if (unit.inputs[i] == value) {
          value = borders_.quantized(*value, unit.input_parameters[i], unit.node);
          return;
        }
    });
  }
  graph_.replace_arguments(*unit.node, std::move(arguments));
  for (std::size_t i = 0; i < unit.outputs.size(); ++i) {
    unit.outputs[i]->type.dtype = DType::i8;
    unit.outputs[i]->type.quantization = unit.output_parameters[i];
  }
  if (layer) place_layer(unit, *layer);
}

void Quantizer::place_layer(const Unit& unit, const IntegerLayer& layer) {
  const auto constant = [&](std::string_view argument, const ir::Tensor& data, const ir::Quantization& quantization) {
    const ir::Argument* old = unit.node->find(argument);
    const auto* value = old != nullptr ? std::get_if<ir::Value*>(old) : nullptr;
    const std::string name = value != nullptr ? (*value)->name : unit.node->name + "_" + std::string(argument);
    ir::Value* made = graph_.add_constant(name + "_quantized", data, value != nullptr ? (*value)->source_name : "");
    made->type.quantization = quantization;
    return made;
  };
  ir::Value* weight = constant(unit.rule->weight, layer.weight, layer.weight_quantization);
  ir::Value* bias = layer.bias ? constant(unit.rule->bias, *layer.bias, layer.bias_quantization) : nullptr;
  // In schema order, since the bias may be new.
  std::vector<ir::NamedArgument> arguments;
  for (const ops::Parameter& parameter : ops::registry().find(unit.node->op)->schema) {
    const ir::Argument* given = unit.node->find(parameter.name);
    if (parameter.name == unit.rule->weight)
      arguments.push_back({std::string(parameter.name), weight});
    else if (parameter.name == unit.rule->bias && bias != nullptr)
      arguments.push_back({std::string(parameter.name), bias});
    else if (given != nullptr)
      arguments.push_back({std::string(parameter.name), *given});
  }
  graph_.replace_arguments(*unit.node, std::move(arguments));
}

void Quantizer::feed_real_numbers(ir::Node& node) {
  std::vector<ir::NamedArgument> arguments = node.arguments;
  bool changed = false;
  for (ir::NamedArgument& argument : arguments)
    ir::for_each_value(argument.value, [&](ir::Value*& value) {
      changed = changed || value->type.is_quantized();
      value = borders_.real(*value, &node);
    });
  if (changed) graph_.replace_arguments(node, std::move(arguments));
}

FloatReasons in_float(const ir::Graph& graph, const Int8Nodes& nodes) {
  FloatReasons reasons;
  for (const auto& node : graph.nodes())
    if (!nodes.contains(*node) && takes_or_makes_float(*node)) reasons[node->name] = nodes.reason(*node);
  return reasons;
}

}  // namespace

Result<FloatReasons> quantize(ir::Graph& graph, const Ranges& ranges, const QuantizeOptions& options) {
  if (ranges.model != fingerprint(graph))
    return input_error("the ranges were measured on another model, or on this one before it changed",
                       "calibrate this model again");
  CORTADO_CHECK(apply_gains(graph, ranges.gains));
  const ParameterGroups groups(graph);
  CORTADO_TRY(const Int8Nodes nodes, Int8Nodes::choose(graph, groups, options.keep_float));
  FloatReasons reasons = in_float(graph, nodes);
  const GroupParameters parameters(groups, ranges);
  CORTADO_CHECK(Quantizer(graph, ranges, options, nodes, parameters).run());
  return reasons;
}

}  // namespace cortado::compiler
