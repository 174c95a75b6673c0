// Rounds weights by descend_rounding.h and descend_pairs.h, from the layers' inputs in the float network.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "compiler/calibrate/samples.h"
#include "ir/graph.h"
#include "support/result.h"

namespace cortado::compiler {

// Steps that one weight may be rounded away from the nearest integer.
constexpr int largest_rounding = 26;

// By the name of the node: for each weight, how many steps above the nearest integer it is rounded to.
using Roundings = std::map<std::string, std::vector<std::int8_t>>;

// Weights a row of a group, of which the covariance is the square: those of kernels over one channel or a few, and what
// fits in memory.
constexpr std::int64_t few_taps = 32, all_taps = 8192;

// Layers of at most `most_taps`, without those whose weights all go to the nearest integer. A function of graph and
// samples, whatever `threads` is. Runs nothing where all weights are multiples of their steps.
Result<Roundings> choose_roundings(const ir::Graph& graph, const SampleSource& samples, std::int64_t most_taps,
                                   std::size_t threads, bool progress);

}  // namespace cortado::compiler
