// Whether the runtime will take the calls of a lowered graph.
#pragma once

#include "ir/graph.h"
#include "support/result.h"

namespace cortado::compiler {

// Prepares every call of a wire operator as the loader does. An input error at the first node that its kernel refuses,
// with the kernel's reason: a program that is written can be loaded.
Status check_calls(ir::Graph& graph);

}  // namespace cortado::compiler
