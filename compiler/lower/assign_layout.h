// Every value gets its memory order; copies stand where an operator wants another one.
#pragma once

#include "ir/graph.h"
#include "support/result.h"

namespace cortado::compiler {

struct LayoutOptions {
  bool contiguous_ports = false;  // inputs and outputs of the graph stay in logical order
  bool native = false;            // the program is our runtime's alone, whose concatenations take any order
};

// Sets Type::dim_order of all values of rank 4 (see layout/choice.h for how it is chosen) and inserts
// dim_order_ops::_clone_dim_order, one per value and order. Inputs and outputs of the graph take part: the caller's
// tensors are permuted on the way in and out. Constants that an elementwise operator takes are laid like its other
// operands.
Status assign_layout(ir::Graph& graph, const LayoutOptions& options = {});

}  // namespace cortado::compiler
