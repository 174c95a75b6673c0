#include "compiler/lower/wire_call.h"

#include "ops/infer.h"
#include "ops/wire_call.h"

namespace cortado::compiler {
const ops::WireOperator* wire_of_overload(std::string_view op) {
  const std::size_t dot = op.rfind('.');
  if (dot == std::string_view::npos) return nullptr;
  const std::string base(op.substr(0, dot));
  const std::string_view overload = op.substr(dot + 1);
  return ops::registry().find_wire(overload == "default" ? base + ".out" : base + "." + std::string(overload) + "_out");
}

Result<ir::Node*> replace_by_call(ir::Graph& graph, const ir::Node& node, const std::vector<ops::Parameter>* schema,
                                  const ops::WireOperator& wire) {
  auto arguments = ops::wire_arguments(node, schema, wire);
  if (!arguments) return ops::at_node(std::move(arguments).error(), node);
  std::vector<ir::Type> types;
  for (const ir::Value* output : node.outputs) types.push_back(output->type);
  ir::Node* call = graph.insert(&node, std::string(wire.name), node.name, std::move(arguments).value(),
                                std::move(types), node.source);
  for (std::size_t i = 0; i < node.outputs.size(); ++i) graph.replace_uses(*node.outputs[i], *call->outputs[i]);
  return call;
}

}  // namespace cortado::compiler
