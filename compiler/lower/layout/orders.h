// The two memory orders of activations of rank 4, and when they are the same bytes.
#pragma once

#include "ir/graph.h"
#include "ops/definition.h"

namespace cortado::compiler {

enum class Order : std::uint8_t { contiguous = 0, channels_last = 1 };

// Whether an operand or a result is quantized.
bool any_quantized(const ir::Node& node);

// Values whose order is a choice: activations of rank 4 (constants are laid as their user wants them).
bool has_order(const ir::Value& value);

// Dimensions of size 1 make both orders the same bytes: one channel, or one pixel.
bool is_degenerate(const ir::Value& value);

// Dimensions of more than one element, outermost in memory first: equal ones are the same bytes.
std::vector<std::uint8_t> significant_order(const ir::Type& type);

// The sizes in the order of memory, outermost first.
ir::Shape memory_shape(const ir::Type& type);

std::vector<std::uint8_t> dim_order_of(Order order);  // empty for contiguous
Order order_of(const ir::Type& type);

// How a node treats its operands. `flexible`: a permutation, which is no instruction under some orders.
enum class NodeRule : std::uint8_t { contiguous, channels_last, same, flexible };
// native: of programs that our runtime alone runs, whose kernels take more orders than ExecuTorch's.
NodeRule node_rule(const ir::Node& node, bool native);

// Whether the permutation node only renames dimensions when input and output lie in these memory orders.
bool permutation_is_free(const ir::Node& node, const std::vector<std::uint8_t>& input,
                         const std::vector<std::uint8_t>& output);

}  // namespace cortado::compiler
