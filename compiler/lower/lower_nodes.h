// Operators of PyTorch become operators of the wire.
#pragma once

#include "compiler/options.h"
#include "compiler/report.h"
#include "ir/graph.h"
#include "support/result.h"

namespace cortado::compiler {

// Every node is replaced, in this order of preference:
//   by nothing, where it only reshapes or renames dimensions (an alias, see ops/alias);
//   by what its operator's lower() makes, where its values are quantized;
//   by the operator's float kernel (or its float form, operators that have one), for reals, indices and truths, and for
//   quantized values (between dequantize and quantize) where lower() declines; each such node that computes on reals is
//   listed in the report, with the reason.
// An operator with none of these is refused: an input error with operator, node, the user's source line and the reason.
Status lower_nodes(ir::Graph& graph, const CompileOptions& options, Report& report);

}  // namespace cortado::compiler
