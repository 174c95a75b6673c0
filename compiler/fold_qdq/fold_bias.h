// A bias that was left in real numbers becomes int32.
#pragma once

#include "ir/graph.h"
#include "support/result.h"

namespace cortado::compiler {

// Where `node` has quantized input and weights and a constant real bias, the bias becomes
// rint(bias[c] / (input scale · weight scale[c])), saturated to 32 bits. Other nodes stay as they are.
Status fold_bias(ir::Graph& graph, ir::Node& node);

}  // namespace cortado::compiler
