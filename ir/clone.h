// A graph once more.
#pragma once

#include "ir/graph.h"

namespace cortado::ir {

// The same nodes and values by the same names; contents of tensors are shared until one of the graphs changes them.
Graph clone(const Graph& graph);

}  // namespace cortado::ir
