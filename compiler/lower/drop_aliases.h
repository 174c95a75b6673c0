// Aliases that do not even rename anything go away.
#pragma once

#include "ir/graph.h"
#include "support/result.h"

namespace cortado::compiler {

// On a lowered graph, where parameters no longer matter: an alias of equal shape and memory order is its source; an
// alias of a constant is a constant.
Status drop_aliases(ir::Graph& graph);

}  // namespace cortado::compiler
