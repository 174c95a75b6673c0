// The pass of the native dialect: runs of operators become row streams (stream_node.h).
#pragma once

#include "compiler/options.h"
#include "ir/graph.h"
#include "support/result.h"

namespace cortado::compiler {

// Lowered graph to lowered graph. Operators that cannot be stages stay calls.
Status form_streams(ir::Graph& graph, const CompileOptions& options);

}  // namespace cortado::compiler
