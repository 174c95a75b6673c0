// Operands brought to the rank and memory order of a result.
#pragma once

#include "ir/graph.h"

namespace cortado::compiler {

// `shape` with ones in front, up to `rank`.
ir::Shape padded_shape(const ir::Shape& shape, std::size_t rank);

// The same bytes under another shape in logical order, inserted before the node.
ir::Value* viewed(ir::Graph& graph, const ir::Node& before, ir::Value& value, ir::Shape shape);

// The value with ones in front of its shape and the memory order of `like`: renamed where the bytes are the same, laid
// anew where it is a constant, else copied. Its rank is at most that of `like`.
ir::Value* aligned(ir::Graph& graph, const ir::Node& before, ir::Value& value, const ir::Type& like);

}  // namespace cortado::compiler
