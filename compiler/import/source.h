// Where in the user's Python a node comes from, out of torch.export's metadata.
#pragma once

#include <string_view>

#include "ir/graph.h"

namespace cortado::compiler {

// stack_trace: Python's traceback text, outermost frame first. module_stack: "key,path,type;key,path,type…".
// The frame kept is the innermost outside installed packages, else the innermost outside torch, else none.
ir::Source read_source(std::string_view stack_trace, std::string_view module_stack);

}  // namespace cortado::compiler
