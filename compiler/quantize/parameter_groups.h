// Values that must have the same int8 parameters: what goes into and comes out of operators that only move numbers
// or select among them (pooling, views, cat), and a state with what is written into it.
#pragma once

#include <unordered_map>
#include <vector>

#include "ir/graph.h"

namespace cortado::compiler {

class ParameterGroups {
 public:
  explicit ParameterGroups(const ir::Graph& graph);

  // All values that share with `value`, itself included, in the order of Graph::values().
  const std::vector<const ir::Value*>& of(const ir::Value& value) const;
  // A number that is the same for values of one group and differs between groups.
  std::size_t index(const ir::Value& value) const { return index_.at(&value); }

 private:
  std::unordered_map<const ir::Value*, std::size_t> index_;
  std::vector<std::vector<const ir::Value*>> groups_;
};

}  // namespace cortado::compiler
