// Weights that are no numbers, found before anything is computed from them.
#pragma once

#include "ir/graph.h"
#include "support/result.h"

namespace cortado::compiler {

// An input error that names the parameter and the position when a float constant that is used holds NaN. Infinities
// are legal: masks of attention hold them.
Status check_weights(ir::Graph& graph);

}  // namespace cortado::compiler
