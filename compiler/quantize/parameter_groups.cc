#include "compiler/quantize/parameter_groups.h"

#include <numeric>

#include "compiler/quantize/rules.h"

namespace cortado::compiler {
namespace {

class DisjointSets {
 public:
  explicit DisjointSets(std::size_t count) : parent_(count) { std::iota(parent_.begin(), parent_.end(), 0u); }
  std::size_t root(std::size_t i) {
    while (parent_[i] != i) i = parent_[i] = parent_[parent_[i]];
    return i;
  }
  void unite(std::size_t a, std::size_t b) { parent_[root(a)] = root(b); }

 private:
  std::vector<std::size_t> parent_;
};

}  // namespace

ParameterGroups::ParameterGroups(const ir::Graph& graph) {
  const auto& values = graph.values();
  for (std::size_t i = 0; i < values.size(); ++i) index_[values[i].get()] = i;
  DisjointSets sets(values.size());
  for (const auto& node : graph.nodes()) {
    const ops::QuantizationRule* rule = int8_rule(*node);
    if (rule == nullptr || rule->output != ops::OutputRule::same_as_input) continue;
    if (fused_producer(graph, *node) != nullptr) continue;  // its producer's rule counts
    const ir::Node* activation = fused_activation(graph, *node);
    const std::vector<ir::Value*> inputs = data_inputs(*node, *rule);
    if (inputs.empty()) continue;
    for (const ir::Value* input : inputs) sets.unite(index_[input], index_[inputs[0]]);
    for (const ir::Value* output : activation != nullptr ? activation->outputs : node->outputs)
      if (output->type.dtype == DType::f32) sets.unite(index_[output], index_[inputs[0]]);
  }
  // A state's next content is written where its content was. An input that is changed in place is the caller's.
  for (const ir::Mutation& mutation : graph.mutations())
    if (mutation.target->kind == ir::ValueKind::state && mutation.target->type.dtype == DType::f32 &&
        mutation.value->type.dtype == DType::f32)
      sets.unite(index_[mutation.target], index_[mutation.value]);
  std::unordered_map<std::size_t, std::size_t> group_of_root;
  for (const auto& value : values) {
    std::size_t& index = index_[value.get()];
    const auto [entry, is_new] = group_of_root.try_emplace(sets.root(index), groups_.size());
    if (is_new) groups_.emplace_back();
    index = entry->second;
    groups_[index].push_back(value.get());
  }
}

const std::vector<const ir::Value*>& ParameterGroups::of(const ir::Value& value) const {
  return groups_[index_.at(&value)];
}

}  // namespace cortado::compiler
