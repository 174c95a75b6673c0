// Random calls of a source operator, made from nothing but its schema: shapes, numbers and lists that have something
// to do with each other, so that among some thousands there are ones which the operator takes.
#pragma once

#include <optional>

#include "ir/graph.h"
#include "ops/definition.h"

namespace cortado::tests {

struct RandomNode {
  ir::Graph graph;                 // one node; every result is an output
  std::vector<ir::Tensor> inputs;  // for the graph's inputs
};

// The same node for the same seed. Weights and every fifth other tensor are constants. Nullopt when the operator does
// not take the arguments, by its constraints and its shape rule.
std::optional<RandomNode> random_node(const ops::Definition& definition, std::uint64_t seed);

}  // namespace cortado::tests
