// The passes of normalisation, one file each. Their reasons are in normalise.cc.
#pragma once

#include "ir/graph.h"
#include "support/result.h"

namespace cortado::compiler {

Status functionalise(ir::Graph& graph);
Status fold_constants(ir::Graph& graph);
Status rewrite_operators(ir::Graph& graph);
Status fold_batch_norm(ir::Graph& graph);
Status raise_activations(ir::Graph& graph);

}  // namespace cortado::compiler
