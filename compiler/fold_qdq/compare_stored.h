// Comparisons with numbers, as the reference's compiler has them.
#pragma once

#include "ir/graph.h"
#include "support/result.h"

namespace cortado::compiler {

// Typed graph → typed graph. Where the reference's quantizer noted a comparison of a quantized tensor with a number,
// its compiler leaves the number as it is: the stored integers are compared with it. Such a node then takes an alias of
// its input with scale 1 and zero point 0, so that the graph says so. In our own quantized graphs numbers are compared.
Status compare_stored(ir::Graph& graph);

}  // namespace cortado::compiler
