// What passes need to replace a node by others.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "ir/graph.h"
#include "ops/definition.h"
#include "support/result.h"

namespace cortado::compiler {

// Inserts nodes before a node, with its name and source, and types from the operators' shape rules.
class Rewriter {
 public:
  Rewriter(ir::Graph& graph, ir::Node& node) : graph_(&graph), node_(&node) {}

  // The first output of the new node; an error when the operator does not take these arguments.
  Result<ir::Value*> add(std::string op, std::vector<ir::NamedArgument> arguments);
  Result<ir::Node*> add_node(std::string op, std::vector<ir::NamedArgument> arguments);
  ir::Value* constant(std::string_view suffix, ir::Tensor data);
  // `value` in another shape; itself when it has that shape.
  Result<ir::Value*> view(ir::Value* value, const ir::Shape& shape);
  Result<ir::Value*> permute(ir::Value* value, const std::vector<std::int64_t>& dims);

  // Users of the node's output i take `value`, which has its type.
  void replace(ir::Value& value, std::size_t output = 0);
  // The same for the only output, then erases the node.
  void replace_and_erase(ir::Value& value);

  ir::Graph& graph() { return *graph_; }
  ir::Node& node() { return *node_; }

 private:
  ir::Graph* graph_;
  ir::Node* node_;
};

// The node's arguments by name, with the schema's defaults. The node's operator must have a definition.
ops::Operands operands_of(const ir::Node& node);

}  // namespace cortado::compiler
