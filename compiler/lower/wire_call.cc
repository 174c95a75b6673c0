#include "compiler/lower/wire_call.h"

#include "ops/infer.h"

namespace cortado::compiler {
namespace {

using Kind = ops::Field::Kind;

bool is_optional(Kind kind) {
  switch (kind) {
    case Kind::optional_tensor:
    case Kind::optional_integer:
    case Kind::optional_number:
    case Kind::optional_int_list:
    case Kind::optional_number_list:
    case Kind::optional_scalar:
    case Kind::optional_string:
    case Kind::optional_dtype: return true;
    default: return false;
  }
}

// A single number where a list is wanted, an int where a float is.
ir::Argument converted(ir::Argument argument, Kind kind) {
  const auto* integer = std::get_if<std::int64_t>(&argument);
  if (integer == nullptr) return argument;
  if (kind == Kind::int_list || kind == Kind::optional_int_list) return std::vector<std::int64_t>{*integer};
  if (kind == Kind::number || kind == Kind::optional_number) return static_cast<double>(*integer);
  if (kind == Kind::boolean) return *integer != 0;
  return argument;
}

Result<ir::Argument> argument_for(const ir::Node& node, const std::vector<ops::Parameter>* schema, const ops::Field& field) {
  ir::Argument argument;
  if (const ir::Argument* given = node.find(field.name)) {
    argument = *given;
  } else if (schema != nullptr) {
    argument = ops::Operands(node, *schema).argument(field.name);
  }
  if (argument.is_none() && !is_optional(field.kind))
    return input_error("it gives no '" + std::string(field.name) + "' to the kernel that computes it");
  return converted(std::move(argument), field.kind);
}

}  // namespace

const ops::WireOperator* wire_of_overload(std::string_view op) {
  const std::size_t dot = op.rfind('.');
  if (dot == std::string_view::npos) return nullptr;
  const std::string base(op.substr(0, dot));
  const std::string_view overload = op.substr(dot + 1);
  return ops::registry().find_wire(overload == "default" ? base + ".out" : base + "." + std::string(overload) + "_out");
}

Result<ir::Node*> replace_by_call(ir::Graph& graph, const ir::Node& node, const std::vector<ops::Parameter>* schema,
                                  const ops::WireOperator& wire) {
  std::vector<ir::NamedArgument> arguments;
  for (std::size_t i = 0; i + wire.outputs < wire.fields.size(); ++i) {
    auto argument = argument_for(node, schema, wire.fields[i]);
    if (!argument) return ops::at_node(std::move(argument).error(), node);
    arguments.push_back({std::string(wire.fields[i].name), std::move(argument).value()});
  }
  std::vector<ir::Type> types;
  for (const ir::Value* output : node.outputs) types.push_back(output->type);
  ir::Node* call = graph.insert(&node, std::string(wire.name), node.name, std::move(arguments), std::move(types), node.source);
  for (std::size_t i = 0; i < node.outputs.size(); ++i) graph.replace_uses(*node.outputs[i], *call->outputs[i]);
  return call;
}

}  // namespace cortado::compiler
