// Softmax along dimensions that are not the last.
#pragma once

#include "ir/graph.h"

namespace cortado::compiler {

// A call of cortex_m::softmax along another dimension than the last becomes one along the last, between transpositions.
void fit_softmax(ir::Graph& graph, ir::Node& call);

}  // namespace cortado::compiler
