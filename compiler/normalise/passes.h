// The passes of normalisation, one file each. Their reasons are in normalise.cc.
#pragma once

#include "ir/graph.h"
#include "support/result.h"

namespace cortado::compiler {

Status functionalise(ir::Graph& graph);

}  // namespace cortado::compiler
