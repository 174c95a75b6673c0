// Calls of wire operators from nodes with the same argument names.
#pragma once

#include "ir/graph.h"
#include "ops/definition.h"

namespace cortado::compiler {

// The wire operator of a node that came with a program: "cortex_m::quantized_add.default" calls "….out". Null where
// there is none.
const ops::WireOperator* wire_of_overload(std::string_view op);

// Inserts a call of `wire` before `node`, with the node's arguments and the defaults of `schema` (may be null) by name
// and results of the node's types, and lets the users of the node take its results. An input error when the node has no
// value for an argument, or one of another kind.
Result<ir::Node*> replace_by_call(ir::Graph& graph, const ir::Node& node, const std::vector<ops::Parameter>* schema,
                                  const ops::WireOperator& wire);

}  // namespace cortado::compiler
