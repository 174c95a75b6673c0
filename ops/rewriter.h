// Replaces a node by others that mean the same: what an operator's `rewrite` and the compiler's passes use. Host.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "ops/definition.h"

namespace cortado::ops {

// Inserts nodes before a node, with its name and source, and types from the operators' shape rules.
class Rewriter {
 public:
  Rewriter(ir::Graph& graph, ir::Node& node) : graph_(&graph), node_(&node) {}

  ir::Graph& graph() { return *graph_; }
  const ir::Node& node() const { return *node_; }

  // A new node; an error when the operator does not take these arguments.
  Result<ir::Node*> add_node(std::string op, std::vector<ir::NamedArgument> arguments);
  // Its first output.
  Result<ir::Value*> add(std::string op, std::vector<ir::NamedArgument> arguments);
  ir::Value* constant(std::string_view suffix, ir::Tensor data);
  ir::Value* number(double value, DType dtype = DType::f32);  // rank 0

  // `value` in another shape; itself when it has that shape. Between quantize and dequantize nodes the integers are
  // moved and not the numbers: what comes after sees a dequantize node, as before.
  Result<ir::Value*> view(ir::Value* value, const ir::Shape& shape);
  // The same for a computed value that becomes the node's result: when only quantize nodes of equal parameters read the
  // result, `value` is quantized by them before it is moved.
  Result<ir::Value*> result_view(ir::Value* value, const ir::Shape& shape);
  Result<ir::Value*> permute(ir::Value* value, const std::vector<std::int64_t>& dims);

  // Whether the graph came with its own quantization (q/dq nodes): what is in float there stays so, bit for bit.
  bool graph_is_quantized() const;

  // Users of the node's output i take `value`.
  void replace(ir::Value& value, std::size_t output = 0) { graph_->replace_uses(*node_->outputs[output], value); }
  // The same for all outputs, null for those without users; then erases the node.
  Status finish(const std::vector<ir::Value*>& values);
  void replace_and_erase(ir::Value& value) {
    replace(value);
    graph_->erase(*node_);
    is_finished_ = true;
  }
  bool is_finished() const { return is_finished_; }  // the node is gone

 private:
  ir::Graph* graph_;
  ir::Node* node_;
  bool is_finished_ = false;
};

// The node's arguments by name, with the schema's defaults. The node's operator must have a definition.
Operands operands_of(const ir::Node& node);

// For operators whose meaning is their rewriting: the types of what `definition.rewrite` makes of a node with `outputs`
// outputs. The rewriting must not ask for the types of the node's own outputs.
Result<std::vector<ir::Type>> infer_rewritten(const Operands& operands, std::size_t outputs = 1);

// For the same operators: runs what `definition.rewrite` makes of the node.
Result<std::vector<ir::Tensor>> evaluate_rewritten(const Operands& operands, const Environment& environment);

}  // namespace cortado::ops
