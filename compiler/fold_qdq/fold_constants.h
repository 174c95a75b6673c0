// Constants on both sides of the border between reals and integers.
#pragma once

#include "ir/graph.h"
#include "support/result.h"

namespace cortado::compiler {

// Before folding: a constant that is quantized (weights kept in float32, as quantization-aware training leaves them)
// becomes a constant of integers with those parameters.
Status quantize_constants(ir::Graph& graph);

// After folding: a constant of integers that an operator still takes in reals becomes a constant of reals.
Status dequantize_constants(ir::Graph& graph);

}  // namespace cortado::compiler
