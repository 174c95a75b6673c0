// cortado::alias: the same bytes of memory, seen as a value of another type. The compiler inserts it; it becomes no
// instruction, the planner gives both values the same place.
#pragma once

#include <string_view>

#include "ir/graph.h"

namespace cortado::ops {

constexpr std::string_view alias_op = "cortado::alias";

inline bool is_alias(const ir::Node& node) { return node.op == alias_op; }

// The value whose bytes an alias node shows.
inline ir::Value* alias_source(const ir::Node& node) { return std::get<ir::Value*>(node.arguments[0].value); }

// Inserts an alias of `source` with `type`, which has as many bytes.
inline ir::Node* insert_alias(ir::Graph& graph, const ir::Node* before, std::string name, ir::Value* source,
                              ir::Type type, ir::Source where) {
  return graph.insert(before, std::string(alias_op), std::move(name), {{"self", source}}, {std::move(type)},
                      std::move(where));
}

}  // namespace cortado::ops
