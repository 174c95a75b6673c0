// Operands of two shapes for kernels that take one.
#pragma once

#include "ir/graph.h"

namespace cortado::compiler {

// A call of quantized_add, _mul or _div whose operands' shapes ExecuTorch's kernel refuses, or would compute wrongly,
// becomes one that it takes: over views where one operand repeats along the outer dimensions of memory, as one value a
// channel; else over operands that expand_copy has made whole.
void fit_broadcast(ir::Graph& graph, ir::Node& call);

}  // namespace cortado::compiler
