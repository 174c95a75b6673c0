// Which runs of nodes become row streams: the cheapest choice that fits a memory limit.
#pragma once

#include <cstddef>
#include <vector>

#include "compiler/optimise/chain.h"
#include "compiler/options.h"
#include "support/result.h"

namespace cortado::compiler {

// Nodes first … last − 1 of the graph, counted in order of execution.
struct Piece {
  std::size_t first = 0, last = 0;
  bool is_stream = false;
  Chain chain;
};

// The limit comes from options.optimize and options.arena_limit_bytes. Choices are made by what values that are alive
// together take, for a number of limits, and judged by the arena that they take when everything is placed. Costs are
// modelled cycles: multiplications, rows, weights read again for every row, tensors written and read. Where nothing
// fits the limit, the choice that needs the least memory. With options.materialise every chain is a single stage.
std::vector<Piece> choose_chains(const ir::Graph& graph, const Drafts& drafts, const CompileOptions& options);

}  // namespace cortado::compiler
