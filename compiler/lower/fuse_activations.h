// relu, hardtanh, clamp and hardsigmoid become part of the operator before them.
#pragma once

#include "ir/graph.h"
#include "support/result.h"

namespace cortado::compiler {

// In a typed graph such an activation takes a real value that no other node takes, and gives a quantized one. The
// operator before it now gives that value: clamped to the limits as integers, and for y = clamp(x/d + o, …) with
// scale·d and zero_point + rint(o/scale) (kept within the limits), which stores the same integers.
Status fuse_activations(ir::Graph& graph);

}  // namespace cortado::compiler
