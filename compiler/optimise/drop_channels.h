// Leaves out channels without effect: those that are the same whatever the input, and those that nothing reads.
#pragma once

#include "ir/graph.h"
#include "support/result.h"

namespace cortado::compiler {

// Of a lowered graph, in the native dialect: its outputs keep their bytes. Returns how many channels, of all values
// together, are gone.
Result<std::size_t> drop_channels(ir::Graph& graph);

}  // namespace cortado::compiler
