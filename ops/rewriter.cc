#include "ops/rewriter.h"

#include <algorithm>
#include <unordered_map>

#include "ops/infer.h"

namespace cortado::ops {
namespace {

constexpr std::string_view quantize_op = "quantized_decomposed::quantize_per_tensor.default";
constexpr std::string_view dequantize_op = "quantized_decomposed::dequantize_per_tensor.default";

// The node's arguments, with `input` first.
std::vector<ir::NamedArgument> with_input(const ir::Node& node, ir::Value* input) {
  std::vector<ir::NamedArgument> arguments = node.arguments;
  for (ir::NamedArgument& argument : arguments)
    if (argument.name == "input") argument.value = input;
  return arguments;
}

bool same_parameters(const ir::Node& a, const ir::Node& b) {
  for (std::string_view name : {"scale", "zero_point", "quant_min", "quant_max", "dtype"}) {
    const ir::Argument* left = a.find(name);
    const ir::Argument* right = b.find(name);
    if (left == nullptr || right == nullptr || !(*left == *right)) return false;
  }
  return true;
}

}  // namespace

Result<ir::Node*> Rewriter::add_node(std::string op, std::vector<ir::NamedArgument> arguments) {
  ir::Node probe;
  probe.op = op;
  probe.name = node_->name;
  probe.source = node_->source;
  probe.arguments = arguments;
  CORTADO_TRY(const Definition* definition, find_definition(probe));
  CORTADO_TRY(std::vector<ir::Type> types, infer_types(*definition, probe));
  return graph_->insert(node_, std::move(op), node_->name, std::move(arguments), std::move(types), node_->source);
}

Result<ir::Value*> Rewriter::add(std::string op, std::vector<ir::NamedArgument> arguments) {
  CORTADO_TRY(ir::Node* node, add_node(std::move(op), std::move(arguments)));
  return node->outputs[0];
}

ir::Value* Rewriter::constant(std::string_view suffix, ir::Tensor data) {
  return graph_->add_constant(node_->name + "_" + std::string(suffix), std::move(data));
}

ir::Value* Rewriter::number(double value, DType dtype) {
  if (dtype == DType::i64)
    return constant("number", ir::Tensor::of<std::int64_t>(dtype, {}, {static_cast<std::int64_t>(value)}));
  return constant("number", ir::Tensor::of<float>(DType::f32, {}, {static_cast<float>(value)}));
}

Result<ir::Value*> Rewriter::view(ir::Value* value, const ir::Shape& shape) {
  if (value->type.shape == shape) return value;
  ir::Node* producer = value->producer;
  const bool moves_integers = producer != nullptr && producer->op == dequantize_op;
  ir::Value* from = moves_integers ? *std::get_if<ir::Value*>(producer->find("input")) : value;
  CORTADO_TRY(ir::Value* moved, add("aten::view.default", {{"self", from}, {"size", shape}}));
  return moves_integers ? add(producer->op, with_input(*producer, moved)) : Result<ir::Value*>(moved);
}

Result<ir::Value*> Rewriter::result_view(ir::Value* value, const ir::Shape& shape) {
  if (value->type.shape == shape) return value;
  const ir::Value& result = *node_->outputs[0];
  const bool is_quantized = !result.users.empty() && graph_->use_count(result) == result.users.size() &&
                            std::all_of(result.users.begin(), result.users.end(), [&](const ir::Node* user) {
                              return user->op == quantize_op && same_parameters(*user, *result.users[0]);
                            });
  if (!is_quantized) return view(value, shape);
  const ir::Node& quantize = *result.users[0];
  CORTADO_TRY(ir::Value* integers, add(quantize.op, with_input(quantize, value)));
  CORTADO_TRY(ir::Value* real, add(std::string(dequantize_op), with_input(quantize, integers)));
  return view(real, shape);
}

Result<ir::Value*> Rewriter::permute(ir::Value* value, const std::vector<std::int64_t>& dims) {
  return add("aten::permute.default", {{"self", value}, {"dims", dims}});
}

bool Rewriter::graph_is_quantized() const {
  return std::any_of(graph_->nodes().begin(), graph_->nodes().end(),
                     [](const auto& node) { return node->op.rfind("quantized_decomposed::", 0) == 0; });
}

Status Rewriter::finish(const std::vector<ir::Value*>& values) {
  for (std::size_t i = 0; i < node_->outputs.size(); ++i) {
    if (i < values.size() && values[i] != nullptr)
      replace(*values[i], i);
    else if (graph_->use_count(*node_->outputs[i]) != 0)
      return at_node(input_error("its output " + std::to_string(i) + " cannot be had outside training"), *node_);
  }
  graph_->erase(*node_);
  is_finished_ = true;
  return {};
}

Operands operands_of(const ir::Node& node) { return {node, registry().find(node.op)->schema}; }

namespace {

// A graph of what a node's rewriting makes of it, and the inputs that stand for the node's own.
struct Rewritten {
  ir::Graph graph;
  std::unordered_map<const ir::Value*, ir::Value*> inputs;
};

Result<Rewritten> rewrite_alone(const Operands& operands, std::vector<ir::Type> types) {
  Rewritten rewritten;
  ir::Node copy = operands.node();
  for (ir::NamedArgument& argument : copy.arguments)
    ir::for_each_value(argument.value, [&](ir::Value*& value) {
      ir::Value*& input = rewritten.inputs[value];
      if (input == nullptr)
        input = rewritten.graph.add_input(value->name, {Operands::real_dtype(*value), value->type.shape, {}, {}});
      value = input;
    });
  ir::Node* node = rewritten.graph.append(copy.op, copy.name, copy.arguments, std::move(types), copy.source);
  for (ir::Value* output : node->outputs) rewritten.graph.add_output(*output, output->name);
  Rewriter rewriter(rewritten.graph, *node);
  CORTADO_CHECK(registry().find(copy.op)->rewrite(operands_of(*node), rewriter));
  return rewritten;
}

}  // namespace

Result<std::vector<ir::Type>> infer_rewritten(const Operands& operands, std::size_t outputs) {
  CORTADO_TRY(const Rewritten rewritten,
              rewrite_alone(operands, std::vector<ir::Type>(outputs, {DType::f32, {}, {}, {}})));
  std::vector<ir::Type> types;
  for (const ir::Output& output : rewritten.graph.outputs()) types.push_back(output.value->type);
  return types;
}

Result<std::vector<ir::Tensor>> evaluate_rewritten(const Operands& operands, const Environment& environment) {
  std::vector<ir::Type> types;
  for (const ir::Value* output : operands.node().outputs)
    types.push_back({Operands::real_dtype(*output), output->type.shape, {}, {}});
  CORTADO_TRY(const Rewritten rewritten, rewrite_alone(operands, std::move(types)));
  std::unordered_map<const ir::Value*, ir::Tensor> tensors;
  for (const auto& [value, input] : rewritten.inputs) tensors[input] = environment.at(*value);

  struct Given final : Environment {
    std::unordered_map<const ir::Value*, ir::Tensor>* tensors;
    const ir::Tensor& at(const ir::Value& value) const override {
      return value.kind == ir::ValueKind::constant ? value.data : tensors->at(&value);
    }
  } given;
  given.tensors = &tensors;
  for (const auto& step : rewritten.graph.nodes()) {
    CORTADO_TRY(std::vector<ir::Tensor> made, registry().find(step->op)->evaluate(operands_of(*step), given));
    for (std::size_t i = 0; i < step->outputs.size(); ++i) tensors[step->outputs[i]] = std::move(made[i]);
  }
  std::vector<ir::Tensor> results;
  for (const ir::Output& output : rewritten.graph.outputs()) results.push_back(given.at(*output.value));
  return results;
}

}  // namespace cortado::ops
