// Channels-last images become tensors whose shape says so: N, H, W, C.
#pragma once

#include "ir/graph.h"
#include "support/result.h"

namespace cortado::compiler {

// On a lowered graph: values in the memory order 0, 2, 3, 1 get that order as their shape, copies between orders become
// transposes, and the operators on images their _nhwc forms. The graph's inputs and outputs must be contiguous (see
// LayoutOptions). An input error at a node that has no such form.
Status explicit_layout(ir::Graph& graph);

}  // namespace cortado::compiler
