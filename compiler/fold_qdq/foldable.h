// Which operators of a q/dq graph can compute on integers.
#pragma once

#include <unordered_set>

#include "ir/graph.h"

namespace cortado::compiler {

class Foldable {
 public:
  explicit Foldable(const ir::Graph& graph);

  // Whether the node can take the integers before its dequantize nodes and give those after its quantize nodes:
  // it has an integer form, every real input is dequantized (a constant bias may be real), every real output is
  // quantized, and an operator that only moves or selects elements has equal parameters on both sides.
  // Ask in order of execution: an activation that is part of the operator before it depends on that one's answer.
  bool operator()(const ir::Node& node);

  // The activation that alone takes the node's real result: it becomes part of the node, or, where the node only
  // selects elements, follows it on integers of the same parameters. Null where there is none.
  static const ir::Node* fused_activation(const ir::Graph& graph, const ir::Node& node);

 private:
  bool wanted(const ir::Node& node) const;
  bool inputs_fold(const ir::Node& node) const;
  bool outputs_fold(const ir::Node& node) const;
  bool keeps_parameters(const ir::Node& node, const ir::Node& last) const;

  const ir::Graph* graph_;
  bool has_notes_;
  bool means_operators_;
  std::unordered_set<const ir::Node*> folded_;
};

// The quantize nodes among the users of a value, in order of use.
std::vector<ir::Node*> quantizing_users(const ir::Value& value);

// The dequantize node that makes a value; null when another node or none makes it.
ir::Node* dequantizing_producer(const ir::Value& value);

}  // namespace cortado::compiler
