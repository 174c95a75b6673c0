#include "ops/infer.h"

#include "support/checked.h"

namespace cortado::ops {

Diagnostic at_node(Diagnostic error, const ir::Node& node) {
  std::string where = "node '" + node.name + "' (" + node.op + ")";
  if (const std::string source = node.source.text(); !source.empty()) where += " from " + source;
  return std::move(error).in(where);
}

Result<const Definition*> find_definition(const ir::Node& node) {
  if (const Definition* definition = registry().find(node.op)) return definition;
  return at_node(
      input_error("this operator is not supported", "replace it in the model; README.md lists the operators that work"),
      node);
}

Result<std::vector<ir::Type>> infer_types(const Definition& definition, const ir::Node& node) {
  const Operands operands(node, definition.schema);
  if (Status status = operands.check(); !status) return at_node(std::move(status).error(), node);
  for (const Constraint& constraint : definition.constraints)
    if (!constraint.holds(operands))
      return at_node(input_error("this does not hold: " + std::string(constraint.text)), node);
  if (definition.infer == nullptr) return at_node(internal_error("the operator has no shape rule"), node);
  auto types = definition.infer(operands);
  if (!types) return at_node(std::move(types).error(), node);
  for (const ir::Type& type : types.value()) {
    constexpr std::size_t limit_bytes = std::size_t{1} << 32;
    std::size_t bytes = 0;
    if (!checked_product(type.shape.data(), type.shape.size(), bytes) ||
        !checked_mul(bytes, size_bytes(type.dtype), bytes) || bytes > limit_bytes)
      return at_node(input_error("its result is too large"), node);
  }
  return types;
}

}  // namespace cortado::ops
