// Transpositions of more dimensions than the kernel has.
#pragma once

#include "ir/graph.h"

namespace cortado::compiler {

// A call of cortex_m::transpose of a rank above 4 becomes one over views in which dimensions that stay neighbours are
// one, or, where five are left, aten::permute_copy.
void fit_transpose(ir::Graph& graph, ir::Node& call);

}  // namespace cortado::compiler
