// Softmax along dimensions that are not the last in memory.
#pragma once

#include "ir/graph.h"

namespace cortado::compiler {

// A call of cortex_m::softmax along another dimension than the last in memory becomes one along the last, between
// transpositions. In N, H, W, C the last are the channels, and no bytes move.
void fit_softmax(ir::Graph& graph, ir::Node& call);

}  // namespace cortado::compiler
