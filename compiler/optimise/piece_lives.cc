#include "compiler/optimise/piece_lives.h"

#include <algorithm>

#include "compiler/plan/pack.h"
#include "ops/alias/alias.h"

namespace cortado::compiler {
namespace {

class PieceLives {
 public:
  PieceLives(const ir::Graph& graph, const std::vector<Piece>& pieces) : graph_(graph), pieces_(pieces) {}

  std::size_t arena_bytes(int exchanges) {
    for (const ir::Value* input : graph_.inputs) use(*input, 0);
    for (const auto& value : graph_.values())
      if (value->kind == ir::ValueKind::state && graph_.use_count(*value) != 0)
        use(*value, 0), use(*value, pieces_.size());
    const std::vector<const ir::Node*> nodes = [&] {
      std::vector<const ir::Node*> list;
      for (const auto& node : graph_.nodes()) list.push_back(node.get());
      return list;
    }();
    for (std::size_t p = 0; p < pieces_.size(); ++p)
      if (pieces_[p].is_stream)
        add_stream(pieces_[p].chain, p);
      else
        add_node(*nodes[pieces_[p].first], p);
    for (const ir::Output& output : graph_.outputs()) use(*output.value, pieces_.size());
    for (const ir::Mutation& mutation : graph_.mutations()) {
      use(*mutation.value, pieces_.size());
      use(*mutation.target, pieces_.size());
    }
    return pack(lives_, pairs(), exchanges).arena_bytes;
  }

 private:
  void use(const ir::Value& value, std::size_t at) {
    const ir::Value& memory = memory_of(value);
    if (memory.kind == ir::ValueKind::constant || comes_by_rows(memory)) return;
    const auto [known, is_new] = index_.try_emplace(&memory, lives_.size());
    if (is_new) lives_.push_back({&memory, memory.type.size_bytes(), at, at});
    lives_[known->second].last = std::max(lives_[known->second].last, at);
  }

  void add_node(const ir::Node& node, std::size_t at) {
    if (ops::is_alias(node)) return;
    for (const ir::Value* value : ir::input_values(node)) use(*value, at);
    for (const ir::Value* value : node.outputs) use(*value, at);
  }

  void add_stream(const Chain& chain, std::size_t at) {
    for (const ir::Value* value : chain.inputs) use(*value, at);
    for (const ir::Value* value : chain.outputs) use(*value, at);
    if (chain.workspace_bytes != 0)
      lives_.push_back({nullptr, static_cast<std::size_t>(chain.workspace_bytes), at, at});
  }

  std::vector<OverlaidPair> pairs() const {
    std::vector<OverlaidPair> found;
    for (std::size_t p = 0; p < pieces_.size(); ++p)
      for (const Overlay& overlay : pieces_[p].chain.overlays) {
        const ir::Value& input = memory_of(*pieces_[p].chain.inputs[overlay.input]);
        const std::size_t i = index_.at(&input), o = index_.at(pieces_[p].chain.outputs[overlay.output]);
        if (lives_[i].last == p && input.kind != ir::ValueKind::state) found.push_back({o, i, overlay.lead_bytes});
      }
    return found;
  }

  const ir::Graph& graph_;
  const std::vector<Piece>& pieces_;
  std::vector<Lifetime> lives_;
  std::unordered_map<const ir::Value*, std::size_t> index_;
};

}  // namespace

std::size_t arena_bytes_of(const ir::Graph& graph, const std::vector<Piece>& pieces, int exchanges) {
  return PieceLives(graph, pieces).arena_bytes(exchanges);
}

}  // namespace cortado::compiler
