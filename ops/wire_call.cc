#include "ops/wire_call.h"

namespace cortado::ops {
namespace {

using Kind = Field::Kind;

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

Result<ir::Argument> argument_for(const ir::Node& node, const std::vector<Parameter>* schema, const Field& field) {
  ir::Argument argument;
  if (const ir::Argument* given = node.find(field.name)) {
    argument = *given;
  } else if (schema != nullptr) {
    argument = Operands(node, *schema).argument(field.name);
  }
  if (argument.is_none() && !is_optional(field.kind))
    return input_error("it gives no '" + std::string(field.name) + "' to the kernel that computes it");
  return converted(std::move(argument), field.kind);
}

}  // namespace

Result<std::vector<ir::NamedArgument>> wire_arguments(const ir::Node& node, const std::vector<Parameter>* schema,
                                                      const WireOperator& wire) {
  std::vector<ir::NamedArgument> arguments;
  for (std::size_t i = 0; i + wire.outputs < wire.fields.size(); ++i) {
    CORTADO_TRY(ir::Argument argument, argument_for(node, schema, wire.fields[i]));
    arguments.push_back({std::string(wire.fields[i].name), std::move(argument)});
  }
  return arguments;
}

}  // namespace cortado::ops
