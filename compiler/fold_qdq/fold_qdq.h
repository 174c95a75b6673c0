// A graph with quantize and dequantize nodes becomes a typed graph: values carry the parameters, operators that can
// compute on integers take and give quantized values, q/dq nodes stay where reals and integers meet.
#pragma once

#include "ir/graph.h"
#include "support/result.h"

namespace cortado::compiler {

// Every parameter is kept as it is. Weights become quantized constants; a real bias is quantized with the scale
// input · weight. Where quantize nodes of one value differ, the first gives the value's parameters and the others
// requantize it; dequantize and quantize nodes that undo each other go away. Operators that do not fold (see
// foldable.h) stay between their q/dq nodes.
Status fold_qdq(ir::Graph& graph);

}  // namespace cortado::compiler
