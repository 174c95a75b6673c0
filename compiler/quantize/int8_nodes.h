// Which nodes compute in int8, and why the others do not.
#pragma once

#include <map>
#include <set>
#include <string>

#include "compiler/quantize/parameter_groups.h"
#include "ir/graph.h"
#include "support/result.h"

namespace cortado::compiler {

class Int8Nodes {
 public:
  // A usage error when keep_float has a name that is neither a node nor a module of the graph.
  static Result<Int8Nodes> choose(const ir::Graph& graph, const ParameterGroups& groups,
                                  const std::set<std::string>& keep_float);

  bool contains(const ir::Node& node) const { return reason(node).empty(); }
  // Why the node is not in int8; "" when it is.
  const std::string& reason(const ir::Node& node) const { return reasons_.at(&node); }

 private:
  std::map<const ir::Node*, std::string> reasons_;  // looked up only: its order has no meaning
};

// Whether the node has floating-point tensors at all: others compute on integers and booleans in any case.
bool takes_or_makes_float(const ir::Node& node);

}  // namespace cortado::compiler
