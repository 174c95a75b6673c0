#include "compiler/normalise/rewrite.h"

#include "ops/infer.h"

namespace cortado::compiler {

Result<ir::Node*> Rewriter::add_node(std::string op, std::vector<ir::NamedArgument> arguments) {
  ir::Node probe;
  probe.op = op;
  probe.name = node_->name;
  probe.source = node_->source;
  probe.arguments = arguments;
  CORTADO_TRY(const ops::Definition* definition, ops::find_definition(probe));
  CORTADO_TRY(std::vector<ir::Type> types, ops::infer_types(*definition, probe));
  return graph_->insert(node_, std::move(op), node_->name, std::move(arguments), std::move(types), node_->source);
}

Result<ir::Value*> Rewriter::add(std::string op, std::vector<ir::NamedArgument> arguments) {
  CORTADO_TRY(ir::Node* node, add_node(std::move(op), std::move(arguments)));
  return node->outputs[0];
}

ir::Value* Rewriter::constant(std::string_view suffix, ir::Tensor data) {
  return graph_->add_constant(node_->name + "_" + std::string(suffix), std::move(data));
}

Result<ir::Value*> Rewriter::view(ir::Value* value, const ir::Shape& shape) {
  if (value->type.shape == shape) return value;
  return add("aten::view.default", {{"self", value}, {"size", shape}});
}

Result<ir::Value*> Rewriter::permute(ir::Value* value, const std::vector<std::int64_t>& dims) {
  return add("aten::permute.default", {{"self", value}, {"dims", dims}});
}

void Rewriter::replace(ir::Value& value, std::size_t output) { graph_->replace_uses(*node_->outputs[output], value); }

void Rewriter::replace_and_erase(ir::Value& value) {
  replace(value);
  graph_->erase(*node_);
}

ops::Operands operands_of(const ir::Node& node) { return {node, ops::registry().find(node.op)->schema}; }

}  // namespace cortado::compiler
