#include "compiler/optimise/piece_costs.h"

#include <algorithm>
#include <set>

#include "ops/alias/alias.h"

namespace cortado::compiler {
namespace {

std::size_t aligned(std::size_t bytes) { return (bytes + 15) & ~std::size_t{15}; }

// Modelled cycles.
constexpr std::uint64_t per_row = 200;  // the scheduler and a stage's entry
constexpr std::uint64_t weight_bytes_per_cycle = 4;
constexpr std::uint64_t tensor_bytes_per_cycle = 4;

std::uint64_t constant_bytes(const ops::StageForm& form) {
  std::uint64_t bytes = 0;
  for (const auto& constant : form.constants) bytes += constant.size();
  return bytes;
}

// Of a kernel that nothing is packed for.
const std::uint64_t plain_cycles_per_16_macs = ops::StageForm().cycles_per_16_macs;

}  // namespace

PieceCosts::PieceCosts(const ir::Graph& graph, const Drafts& drafts) : drafts_(drafts) {
  std::unordered_map<const ir::Value*, std::vector<const ir::Value*>> seen_as;
  for (const auto& node : graph.nodes()) {
    nodes_.push_back(node.get());
    alias_.push_back(ops::is_alias(*node));
  }
  const std::size_t end = nodes_.size();
  for (const auto& value : graph.values()) {
    if (value->kind == ir::ValueKind::constant || comes_by_rows(*value) || &memory_of(*value) != value.get()) continue;
    lives_[value.get()] = {aligned(value->type.size_bytes()), 0, 0};
  }
  const auto use = [&](const ir::Value& value, std::size_t at) {
    const auto found = lives_.find(&memory_of(value));
    if (found != lives_.end()) found->second.last = std::max(found->second.last, at);
  };
  for (std::size_t i = 0; i < end; ++i) {
    for (const ir::Value* value : ir::input_values(*nodes_[i])) {
      if (value->kind == ir::ValueKind::scratch) lives_[value].first = i;
      use(*value, i);
    }
    for (const ir::Value* value : nodes_[i]->outputs)
      if (const auto found = lives_.find(value); found != lives_.end()) found->second.first = found->second.last = i;
  }
  for (const ir::Output& output : graph.outputs()) use(*output.value, end);
  for (const ir::Mutation& mutation : graph.mutations()) {
    use(*mutation.value, end);
    use(*mutation.target, end);
  }
  for (auto& [value, life] : lives_)
    if (value->kind == ir::ValueKind::state) life = {graph.use_count(*value) != 0 ? life.bytes : 0, 0, end};
}

const PieceCosts::Life* PieceCosts::life_of(const ir::Value& value) const {
  const auto found = lives_.find(&memory_of(value));
  return found != lives_.end() ? &found->second : nullptr;
}

std::size_t PieceCosts::alive_across(std::size_t first, std::size_t last) const {
  std::size_t bytes = 0;
  for (const auto& [value, life] : lives_) {
    const bool before =
        life.first < first || value->kind == ir::ValueKind::input || value->kind == ir::ValueKind::state;
    if (before && life.last >= last) bytes += life.bytes;
  }
  return bytes;
}

std::size_t PieceCosts::plain_bytes(std::size_t i) const {
  std::size_t bytes = alive_across(i, i + 1);
  std::set<const ir::Value*> touched;
  for (const ir::Value* value : ir::input_values(*nodes_[i])) touched.insert(&memory_of(*value));
  for (const ir::Value* value : nodes_[i]->outputs) touched.insert(&memory_of(*value));
  for (const ir::Value* value : touched)
    if (const Life* life = life_of(*value); life != nullptr && life->last <= i)
      bytes += life->bytes;
    else if (life != nullptr && life->first == i && value->kind == ir::ValueKind::result)
      bytes += life->bytes;
  return bytes;
}

std::uint64_t PieceCosts::plain_cycles(std::size_t i) const {
  const auto draft = drafts_.find(nodes_[i]);
  std::uint64_t cycles = per_row;
  if (draft != drafts_.end())
    cycles +=
        draft->second.macs * plain_cycles_per_16_macs / 16 + constant_bytes(draft->second) / weight_bytes_per_cycle;
  for (const ir::Value* value : nodes_[i]->outputs) cycles += 2 * value->type.size_bytes() / tensor_bytes_per_cycle;
  return cycles;
}

std::size_t PieceCosts::stream_bytes(const Chain& chain, std::size_t first, std::size_t last) const {
  std::size_t bytes = alive_across(first, last) + static_cast<std::size_t>(chain.workspace_bytes);
  std::int64_t saved = 0;
  for (const ir::Value* input : chain.inputs)
    if (const Life* life = life_of(*input); life != nullptr && life->last < last) bytes += life->bytes;
  for (const ir::Value* output : chain.outputs) bytes += aligned(output->type.size_bytes());
  for (const Overlay& overlay : chain.overlays) {
    const Life* input = life_of(*chain.inputs[overlay.input]);
    if (input == nullptr || input->last >= last || chain.inputs[overlay.input]->kind == ir::ValueKind::state) continue;
    const auto output = static_cast<std::int64_t>(aligned(chain.outputs[overlay.output]->type.size_bytes()));
    const auto size = static_cast<std::int64_t>(input->bytes);
    const std::int64_t together = std::max(output, size + std::max<std::int64_t>(0, -overlay.lead_bytes));
    saved = std::max(saved, output + size - together);
  }
  return bytes - static_cast<std::size_t>(saved);
}

std::uint64_t PieceCosts::stream_cycles(const Chain& chain) const {
  std::uint64_t cycles = chain.steps * per_row;
  for (const ChainStage& stage : chain.stages)
    cycles += stage.draft->macs * stage.form().cycles_per_16_macs / 16;  // weights are read as often in any stream
  for (const ir::Value* output : chain.outputs) cycles += 2 * output->type.size_bytes() / tensor_bytes_per_cycle;
  return cycles;
}

}  // namespace cortado::compiler
