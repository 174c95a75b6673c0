// The size of a program's work.
#pragma once

#include <cstdint>

#include "ir/graph.h"

namespace cortado::compiler {

// Multiply-accumulates of convolutions, linear layers and matrix products on int8 in a lowered graph without streams;
// taps in the padding count as well.
std::uint64_t int8_macs(const ir::Graph& graph);

}  // namespace cortado::compiler
