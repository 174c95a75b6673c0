// The memory that a choice of chains will really take.
#pragma once

#include "compiler/optimise/choose_chains.h"

namespace cortado::compiler {

// Bytes of the arena when the pieces run one after the other, found by placing everything, with as many
// exchanges (compiler/plan/pack.h).
std::size_t arena_bytes_of(const ir::Graph& graph, const std::vector<Piece>& pieces, int exchanges);

}  // namespace cortado::compiler
