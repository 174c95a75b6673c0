// hardswish in the two integer operators that ExecuTorch makes of it.
#pragma once

#include "ir/graph.h"
#include "support/result.h"

namespace cortado::compiler {

// x · (min(x, 3) + 3) / 6 equals hardswish for x ≥ −3, which the quantizer has seen to. On integers the + 3 is a shift
// of the second factor's zero point by rint(3 / scale), the / 6 a factor of the result's scale. Done where a quantizer
// noted the operator and it alone takes the result of one with weights; elsewhere a table is as good. Runs after
// activations are fused.
Status decompose_hardswish(ir::Graph& graph);

}  // namespace cortado::compiler
