#include "compiler/fold_qdq/fold_qdq.h"

#include <algorithm>

#include "compiler/fold_qdq/fold_bias.h"
#include "compiler/fold_qdq/foldable.h"
#include "compiler/fold_qdq/parameters.h"
#include "ops/definition.h"

namespace cortado::compiler {
namespace {

class Folder {
 public:
  explicit Folder(ir::Graph& graph) : graph_(graph) {}

  Status run() {
    CORTADO_CHECK(cancel_pairs());
    CORTADO_CHECK(type_quantized_values());
    std::vector<ir::Node*> folded;
    Foldable foldable(graph_);
    for (ir::Node* node : graph_.snapshot())
      if (foldable(*node)) folded.push_back(node);
    for (ir::Node* node : folded) {
      CORTADO_CHECK(take_integers(*node));
      CORTADO_CHECK(fold_bias(graph_, *node));
      CORTADO_CHECK(give_integers(*node));
    }
    graph_.remove_dead();
    return {};
  }

 private:
  // Quantizing what was dequantized with equal parameters gives the integers back: rounding errors are far below half
  // a step. Such pairs stay around operators that normalisation removed.
  Status cancel_pairs() {
    for (ir::Node* node : graph_.snapshot()) {
      if (qdq_kind(*node) != QdqKind::quantize || qdq_input(*node) == nullptr) continue;
      const ir::Node* dequantize = dequantizing_producer(*qdq_input(*node));
      if (dequantize == nullptr) continue;
      CORTADO_TRY(const QdqParameters ours, qdq_parameters(*node));
      CORTADO_TRY(const QdqParameters theirs, qdq_parameters(*dequantize));
      if (ours == theirs) graph_.replace_uses(*node->outputs[0], *qdq_input(*dequantize));
    }
    graph_.remove_dead();
    return {};
  }

  // Results of quantize nodes, and integers that arrive as inputs or state.
  Status type_quantized_values() {
    for (ir::Node* node : graph_.snapshot()) {
      const QdqKind kind = qdq_kind(*node);
      if (kind == QdqKind::none) continue;
      CORTADO_TRY(const QdqParameters parameters, qdq_parameters(*node));
      ir::Value* typed = kind == QdqKind::quantize ? node->outputs[0] : qdq_input(*node);
      if (kind == QdqKind::dequantize && (typed->kind == ir::ValueKind::constant || typed->type.is_quantized()))
        continue;
      typed->type.quantization = parameters.quantization;
    }
    return {};
  }

  // The integers behind a dequantize node, with exactly that node's parameters.
  Result<ir::Value*> integers_behind(ir::Node& dequantize) {
    CORTADO_TRY(const QdqParameters parameters, qdq_parameters(dequantize));
    ir::Value* value = qdq_input(dequantize);
    if (value->kind == ir::ValueKind::constant && !value->type.is_quantized())
      value->type.quantization = parameters.quantization;
    if (value->type.quantization == parameters.quantization) return value;
    if (value->kind != ir::ValueKind::constant) return dequantize.outputs[0];  // seen differently: stays real
    for (auto& [twin, original] : twins_)
      if (original == value && twin->type.quantization == parameters.quantization) return twin;
    ir::Value* twin = graph_.add_constant(value->name, value->data, value->source_name);
    twin->type.quantization = parameters.quantization;
    twins_.emplace_back(twin, value);
    return twin;
  }

  Status take_integers(ir::Node& node) {
    std::vector<ir::NamedArgument> arguments = node.arguments;
    for (ir::NamedArgument& argument : arguments) {
      Status status;
      ir::for_each_value(argument.value, [&](ir::Value*& value) {
        ir::Node* dequantize = dequantizing_producer(*value);
        if (dequantize == nullptr || !status) return;
        auto integers = integers_behind(*dequantize);
        if (integers)
          value = integers.value();
        else
          status = std::move(integers).error();
      });
      CORTADO_CHECK(status);
    }
    graph_.replace_arguments(node, std::move(arguments));
    return {};
  }

  Status give_integers(ir::Node& node) {
    for (ir::Value* output : node.outputs) {
      const std::vector<ir::Node*> quantizes = quantizing_users(*output);
      if (quantizes.empty()) {  // an activation follows, or the result is not real
        pass_parameters_on(node, *output);
        continue;
      }
      const ir::Type& typed = quantizes[0]->outputs[0]->type;
      output->type.dtype = typed.dtype;
      output->type.quantization = typed.quantization;
      std::vector<ir::Node*> equal;
      for (ir::Node* quantize : quantizes)
        if (quantize->outputs[0]->type.quantization == output->type.quantization) equal.push_back(quantize);
      if (graph_.use_count(*output) > equal.size()) give_reals(node, *output);
      for (ir::Node* quantize : equal) {
        graph_.replace_uses(*quantize->outputs[0], *output);
        graph_.erase(*quantize);
      }
    }
    return {};
  }

  // Selected elements keep their parameters on the way to the activation that follows.
  void pass_parameters_on(const ir::Node& node, ir::Value& output) {
    const ops::Definition* definition = ops::registry().find(node.op);
    const ir::Type& input = ir::input_values(node).front()->type;
    if (!is_float(output.type.dtype) || definition->quantization.output != ops::OutputRule::same_as_input ||
        graph_.use_count(output) == 0 || !input.is_quantized())
      return;
    output.type.dtype = input.dtype;
    output.type.quantization = input.quantization;
  }

  // Whoever took the real result takes the dequantized one, other quantize nodes too.
  void give_reals(const ir::Node& node, ir::Value& output) {
    ir::Value* reals = insert_dequantize(graph_, node_after(node), output);
    graph_.replace_uses(output, *reals);
    graph_.set_argument(*reals->producer, "input", &output);
  }

  const ir::Node* node_after(const ir::Node& node) const {
    const auto& nodes = graph_.nodes();
    auto position = std::find_if(nodes.begin(), nodes.end(), [&](const auto& entry) { return entry.get() == &node; });
    return std::next(position) == nodes.end() ? nullptr : std::next(position)->get();
  }

  ir::Graph& graph_;
  std::vector<std::pair<ir::Value*, ir::Value*>> twins_;  // a constant under other parameters, and the original
};

}  // namespace

Status fold_qdq(ir::Graph& graph) { return Folder(graph).run(); }

}  // namespace cortado::compiler
