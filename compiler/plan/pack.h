// Finds places for pieces of memory of which some may lie over others while a row stream uses those up.
#pragma once

#include <vector>

#include "compiler/plan/lifetimes.h"

namespace cortado::compiler {

// lives[output] may begin up to `lead_bytes` behind lives[input] although they are alive together.
struct OverlaidPair {
  std::size_t output = 0, input = 0;
  std::int64_t lead_bytes = 0;
};

// Of the graph's streams: pairs whose input dies there.
std::vector<OverlaidPair> overlaid_pairs(const ir::Graph& graph, const std::vector<Lifetime>& lives);

constexpr int planned_exchanges = 400;  // of a program's plan

struct Packing {
  std::size_t arena_bytes = 0;
  std::vector<std::size_t> offset_bytes;  // of each life, 16-aligned
};

// First fit in several orders; the best is improved by `exchanges` random exchanges of two, the same ones for the same
// input. The values of `lives` are not looked at.
Packing pack(const std::vector<Lifetime>& lives, const std::vector<OverlaidPair>& pairs, int exchanges);

}  // namespace cortado::compiler
