// Copies into another memory order.
#pragma once

#include <string_view>

#include "ir/graph.h"

namespace cortado::compiler {

constexpr std::string_view clone_op = "dim_order_ops::_clone_dim_order.out";

// Inserts a copy of the value before the node (null: at the end). The type is the value's but for the order.
ir::Value* insert_clone(ir::Graph& graph, const ir::Node* before, ir::Value& value, ir::Type type, ir::Source source);

}  // namespace cortado::compiler
