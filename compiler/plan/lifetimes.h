// When the values of a lowered graph are alive.
#pragma once

#include <cstddef>
#include <unordered_map>
#include <vector>

#include "ir/graph.h"

namespace cortado::compiler {

// Follows aliases to the value whose memory `value` shows.
const ir::Value& memory_of(const ir::Value& value);

// A piece of memory and the instructions, counted from 0, from first to last inclusive, during which it is in use.
struct Lifetime {
  const ir::Value* value = nullptr;  // never an alias
  std::size_t size_bytes = 0;
  std::size_t first = 0;
  std::size_t last = 0;

  bool overlaps(const Lifetime& other) const { return first <= other.last && other.first <= last; }
};

// Of all values that need memory in the arena, in the order of the graph. Inputs are in use from the start; outputs,
// what is written to buffers, and the buffers themselves (which keep their content between runs) until the end.
std::vector<Lifetime> lifetimes(const ir::Graph& graph);

}  // namespace cortado::compiler
