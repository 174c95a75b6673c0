#include "compiler/plan/lifetimes.h"

#include <algorithm>

#include "compiler/optimise/stream_node.h"
#include "ops/alias/alias.h"

namespace cortado::compiler {

const ir::Value& memory_of(const ir::Value& value) {
  const ir::Value* memory = &value;
  while (memory->producer != nullptr && ops::is_alias(*memory->producer)) memory = ops::alias_source(*memory->producer);
  return *memory;
}

std::vector<Lifetime> lifetimes(const ir::Graph& graph) {
  std::vector<Lifetime> lives;
  std::unordered_map<const ir::Value*, std::size_t> index;
  const auto begin = [&](const ir::Value& value, std::size_t instruction) {
    if (value.kind == ir::ValueKind::constant || comes_by_rows(value) || index.count(&value) != 0) return;
    index[&value] = lives.size();
    lives.push_back({&value, value.type.size_bytes(), instruction, instruction});
  };
  const auto use = [&](const ir::Value& value, std::size_t instruction) {
    const auto found = index.find(&memory_of(value));
    if (found != index.end()) lives[found->second].last = std::max(lives[found->second].last, instruction);
  };

  for (const ir::Value* input : graph.inputs) begin(*input, 0);
  for (const auto& value : graph.values())
    if (value->kind == ir::ValueKind::state && graph.use_count(*value) != 0) begin(*value, 0);
  for (const ir::Mutation& mutation : graph.mutations()) begin(*mutation.target, 0);
  std::size_t instruction = 0;
  for (const auto& node : graph.nodes()) {
    if (ops::is_alias(*node)) continue;
    for (const ir::Value* value : ir::input_values(*node)) {
      if (value->kind == ir::ValueKind::scratch) begin(*value, instruction);
      use(*value, instruction);
    }
    for (const ir::Value* value : node->outputs) begin(*value, instruction);
    ++instruction;
  }
  for (const ir::Output& output : graph.outputs()) use(*output.value, instruction);
  for (const ir::Mutation& mutation : graph.mutations()) {
    use(*mutation.value, instruction);
    use(*mutation.target, instruction);
  }
  for (Lifetime& life : lives)
    if (life.value->kind == ir::ValueKind::state) life.last = instruction;
  return lives;
}

}  // namespace cortado::compiler
