// The passes of normalisation, one file each. Their reasons are in normalise.cc.
#pragma once

#include "ir/graph.h"
#include "support/result.h"

namespace cortado::compiler {

Status functionalise(ir::Graph& graph);
Status canonical_padding(ir::Graph& graph);
Status fold_batch_norm(ir::Graph& graph);
Status remove_identities(ir::Graph& graph);
Status spell_out_numbers(ir::Graph& graph);
Status canonical_products(ir::Graph& graph);
Status plain_pooling(ir::Graph& graph);
Status canonical_convolutions(ir::Graph& graph);

}  // namespace cortado::compiler
