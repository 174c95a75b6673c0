// Operators that give their first argument unchanged are removed: dropout outside training, copies and aliases,
// conversions to the type that the value has.
#include <unordered_set>

#include "compiler/normalise/passes.h"
#include "compiler/normalise/rewrite.h"

namespace cortado::compiler {
namespace {

const std::unordered_set<std::string_view> identities = {
    "aten::dropout.default",       "aten::native_dropout.default", "aten::feature_dropout.default",
    "aten::alpha_dropout.default", "aten::clone.default",          "aten::contiguous.default",
    "aten::alias.default",         "aten::alias_copy.default",     "aten::detach.default",
    "aten::detach_copy.default",   "aten::lift_fresh_copy.default", "aten::lift_fresh.default",
    "aten::to.dtype",              "aten::to.dtype_layout",        "aten::to.device",
    "aten::_to_copy.default",      "aten::type_as.default",        "aten::positive.default",
    "dim_order_ops::_clone_dim_order.default", "dim_order_ops::_to_dim_order_copy.default",
};

// Views that keep the shape, permutations that keep the order.
bool keeps_everything(const ir::Node& node, const ops::Definition& definition) {
  if (definition.reshapes) return true;
  if (definition.permutation == nullptr) return false;
  const std::vector<std::int64_t> order = definition.permutation(operands_of(node));
  for (std::size_t i = 0; i < order.size(); ++i)
    if (order[i] != static_cast<std::int64_t>(i)) return false;
  return !order.empty();
}

bool is_identity(const ir::Node& node) {
  const auto inputs = ir::input_values(node);
  if (inputs.empty() || node.outputs.empty() || inputs[0]->type != node.outputs[0]->type) return false;
  if (identities.count(node.op) != 0) return true;
  const ops::Definition* definition = ops::registry().find(node.op);
  return definition != nullptr && keeps_everything(node, *definition);
}

}  // namespace

Status remove_identities(ir::Graph& graph) {
  for (ir::Node* node : graph.snapshot()) {
    if (!is_identity(*node)) continue;
    for (std::size_t i = 1; i < node->outputs.size(); ++i)
      if (graph.use_count(*node->outputs[i]) != 0) return {};
    Rewriter(graph, *node).replace_and_erase(*ir::input_values(*node)[0]);
  }
  return {};
}

}  // namespace cortado::compiler
