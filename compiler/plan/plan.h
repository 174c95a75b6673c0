// Where every value of a lowered graph lies in the arena.
#pragma once

#include <cstddef>
#include <unordered_map>
#include <vector>

#include "ir/graph.h"
#include "support/result.h"

namespace cortado::compiler {

constexpr std::size_t arena_alignment_bytes = 16;

struct Plan {
  std::size_t arena_bytes = 0;
  std::unordered_map<const ir::Value*, std::size_t> offset_bytes;  // inputs, results, state and scratch
};

// Greedy best fit in the order of decreasing size, or, where row streams let outputs lie over their inputs, the better
// of that and pack(). Values that alias (a view of the same bytes) share their place;
// scratch lives during its node only; an input lives until its last user, an output to the end.
Result<Plan> plan_memory(const ir::Graph& graph);

// Proves, independently of how the plan was made, that no two values that are alive at the same time overlap, that
// all offsets are aligned and inside the arena. An internal error names both values.
Status check_plan(const ir::Graph& graph, const Plan& plan);

}  // namespace cortado::compiler
