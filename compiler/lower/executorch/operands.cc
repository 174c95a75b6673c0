#include "compiler/lower/executorch/operands.h"

#include <algorithm>

#include "compiler/lower/layout/clone.h"
#include "compiler/lower/layout/orders.h"
#include "ops/alias/alias.h"

namespace cortado::compiler {
namespace {

ir::Value* alias(ir::Graph& graph, const ir::Node& before, ir::Value& value, ir::Type type) {
  return ops::insert_alias(graph, &before, value.name, &value, std::move(type), before.source)->outputs[0];
}

}  // namespace

ir::Shape padded_shape(const ir::Shape& shape, std::size_t rank) {
  ir::Shape padded(rank - std::min(rank, shape.size()), 1);
  padded.insert(padded.end(), shape.begin(), shape.end());
  return padded;
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
  if (significant_order(given) == significant_order(wanted))
    return wanted == value.type ? &value : alias(graph, before, value, std::move(wanted));
  if (value.kind == ir::ValueKind::constant) {
    ir::Value* constant = graph.add_constant(value.name, value.data.reshaped(wanted.shape), value.source_name);
    constant->type = std::move(wanted);
    return constant;
  }
  ir::Value* padded = given == value.type ? &value : alias(graph, before, value, given);
  return insert_clone(graph, &before, *padded, std::move(wanted), before.source);
}

}  // namespace cortado::compiler
