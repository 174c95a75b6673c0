// What an operator's lowering may do to the graph. Host.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "ir/graph.h"
#include "support/result.h"

namespace cortado::ops {

// The instruction set that decides scratch sizes and kernel sums, as ExecuTorch's compiler has it.
enum class Isa : std::uint8_t { scalar, dsp, mve };

struct Target {
  std::string name = "cortex-m55";
  Isa isa = Isa::mve;
  bool has_cortado_operators = false;  // beside ExecuTorch's: the program is in the native form
};

// By the time an operator is lowered its values have their memory orders (Type::dim_order, see LayoutRule): types of
// new values copy them. A constant's data is always in logical order; the writer lays it as its dim_order says.
class Lowering {
 public:
  Lowering(ir::Graph& graph, const ir::Node& node, const Target& target)
      : graph_(&graph), node_(&node), target_(&target) {}

  const Target& target() const { return *target_; }
  ir::Graph& graph() { return *graph_; }
  const ir::Node& node() const { return *node_; }

  // New values next to the node; names are made unique.
  ir::Value* constant(std::string_view suffix, ir::Tensor data) {
    return graph_->add_constant(node_->name + "_" + std::string(suffix), std::move(data));
  }
  ir::Value* scratch(std::int64_t size_bytes) { return graph_->add_scratch(node_->name + "_scratch", size_bytes); }
  // Inserts a wire operator before the node. Arguments in wire order, without the outputs.
  ir::Node* emit(std::string op, std::vector<ir::NamedArgument> arguments, std::vector<ir::Type> types) {
    return graph_->insert(node_, std::move(op), node_->name, std::move(arguments), std::move(types), node_->source);
  }
  // Every user of the node's output i takes `value` from now on. The pass erases the node afterwards.
  void replace(ir::Value& value, std::size_t output = 0) { graph_->replace_uses(*node_->outputs[output], value); }

 private:
  ir::Graph* graph_;
  const ir::Node* node_;
  const Target* target_;
};

}  // namespace cortado::ops
