// A name for a graph's content: operators, arguments, types and constants.
#pragma once

#include <string>

#include "ir/graph.h"

namespace cortado::compiler {

// "hash64:0123456789abcdef". Equal for equal graphs on every host; names of values count, the user's source lines do
// not.
std::string fingerprint(const ir::Graph& graph);

}  // namespace cortado::compiler
