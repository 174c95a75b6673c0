// float16, bfloat16 and float64 → float32.
#pragma once

#include "ir/graph.h"

namespace cortado::compiler {

// All tensors of other float types become float32: inputs, outputs, weights, state, results, and the types that
// conversions name. Kernels compute in float32 or in integers, whatever the type that the model was trained in. True:
// something changed. Graphs that hold operators on integers (q/dq nodes, cortex_m::) are left as they are: their bits
// are given.
bool to_single_precision(ir::Graph& graph);

}  // namespace cortado::compiler
