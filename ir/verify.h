// Is the graph whole? Checked after every pass in tests, and by whoever doubts.
#pragma once

#include "ir/graph.h"

namespace cortado::ir {

// Fault::internal with the first thing that is wrong, by name:
//   values     names that are empty or used twice; impossible shapes; dim orders that are no permutation; quantization
//              whose parameters are not one per tensor or one per index of the axis, not finite, not positive
//   constants  content that is missing or of another type
//   nodes      arguments that belong to no value of the graph, or are computed later; lists of users that are wrong;
//              results that do not know their node
//   ends       inputs, outputs and mutations that are no values of the graph, or of the wrong kind
Status verify(const Graph& graph);

}  // namespace cortado::ir
