// Rounds the weights of all layers by descend_rounding.h, from the layers' inputs in the float network.
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

// Layers whose weights all go to the nearest integer are left out, and those with more than 8192 weights a row of a
// group, whose covariance would not fit in memory. A function of graph and samples, whatever `threads` is.
Result<Roundings> choose_roundings(const ir::Graph& graph, const SampleSource& samples, std::size_t threads, bool progress);

}  // namespace cortado::compiler
