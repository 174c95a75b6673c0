#include "compiler/lower/executorch/operands.h"

#include <algorithm>

#include "ops/alias/alias.h"

namespace cortado::compiler {
namespace {

ir::Value* alias(ir::Graph& graph, const ir::Node& before, ir::Value& value, ir::Type type) {
  return ops::insert_alias(graph, &before, value.name, &value, std::move(type), before.source)->outputs[0];
}

// Dimensions of more than one element, in the order of memory.
std::vector<std::uint8_t> significant(const ir::Type& type) {
  std::vector<std::uint8_t> dims = type.full_dim_order();
  std::erase_if(dims, [&](std::uint8_t dim) { return type.shape[dim] == 1; });
  return dims;
}

}  // namespace

ir::Shape padded_shape(const ir::Shape& shape, std::size_t rank) {
  ir::Shape padded(rank - std::min(rank, shape.size()), 1);
  padded.insert(padded.end(), shape.begin(), shape.end());
  return padded;
}

ir::Shape memory_shape(const ir::Type& type) {
  ir::Shape sizes;
  for (std::uint8_t dim : type.full_dim_order()) sizes.push_back(type.shape[dim]);
  return sizes;
}

ir::Value* viewed(ir::Graph& graph, const ir::Node& before, ir::Value& value, ir::Shape shape) {
  ir::Type type = value.type;
  type.shape = std::move(shape);
  type.dim_order.clear();
  return alias(graph, before, value, std::move(type));
}

ir::Value* aligned(ir::Graph& graph, const ir::Node& before, ir::Value& value, const ir::Type& like) {
  ir::Type given = value.type, wanted = value.type;
  wanted.shape = padded_shape(value.type.shape, like.shape.size());
  wanted.dim_order = like.dim_order;
  if (given.shape.size() != wanted.shape.size()) {
    given.shape = wanted.shape;
    given.dim_order.clear();  // of a rank that has but one order
  }
  if (significant(given) == significant(wanted))
    return wanted == value.type ? &value : alias(graph, before, value, std::move(wanted));
  if (value.kind == ir::ValueKind::constant) {
    ir::Value* constant = graph.add_constant(value.name, value.data.reshaped(wanted.shape), value.source_name);
    constant->type = std::move(wanted);
    return constant;
  }
  ir::Value* padded = given == value.type ? &value : alias(graph, before, value, given);
  std::vector<std::int64_t> order;
  for (std::uint8_t dim : wanted.full_dim_order()) order.push_back(dim);
  return graph.insert(&before, "dim_order_ops::_clone_dim_order.out", value.name + "_reordered",
                      {{"self", padded}, {"non_blocking", false}, {"dim_order", order}}, {wanted}, before.source)
      ->outputs[0];
}

}  // namespace cortado::compiler
