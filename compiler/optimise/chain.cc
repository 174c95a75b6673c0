#include "compiler/optimise/chain.h"

#include <algorithm>
#include <unordered_set>

#include "compiler/optimise/planes.h"
#include "compiler/optimise/rehearsal.h"
#include "ops/alias/alias.h"
#include "ops/direct_conv2d/pack.h"
#include "ops/row_pace.h"
#include "stream/schedule.h"

namespace cortado::compiler {
namespace {

std::int64_t aligned(std::int64_t bytes) { return (bytes + piece_alignment - 1) & ~(piece_alignment - 1); }

class Maker {
 public:
  Maker(const std::vector<const ir::Node*>& nodes, const Drafts& drafts, const ir::Graph& graph, Chain& chain)
      : nodes_(nodes), drafts_(drafts), graph_(graph), chain_(chain) {}

  bool run() {
    for (const ir::Node* node : nodes_) {
      if (!add(*node)) return false;
      chain_.takes_input_rows |= node->op == input_rows_op;
    }
    if (chain_.stages.empty() || chain_.stages.size() > stream::max_stages) return false;
    place_arguments();
    const std::size_t arguments = chain_.inputs.size() + chain_.outputs.size() + 1;
    return !chain_.outputs.empty() && arguments <= stream::max_arguments &&
           chain_.buffers.size() <= stream::max_buffers;
  }

 private:
  bool add_buffer(const ir::Value& value) {
    const auto shape = ops::row_shape(value.type);
    index_[&value] = chain_.buffers.size();
    return shape && add_buffer(&value, *shape);
  }

  bool add_buffer(const ir::Value* value, const ops::RowShape& shape) {
    if (shape.rows > stream::max_rows || shape.width > stream::max_rows || shape.row_bytes() > stream::max_row_bytes)
      return false;
    chain_.buffers.push_back({value, shape, chain_.buffers.size(), shape.rows});
    return true;
  }

  bool add(const ir::Node& node) {
    if (ops::is_alias(node)) return add_alias(node);
    const ops::StageDraft& draft = drafts_.at(&node);
    if (draft.is_border()) return add_border(draft);
    return std::all_of(draft.before.begin(), draft.before.end(), [&](const auto& part) { return add_stage(part); }) &&
           add_stage(draft);
  }

  // An alias shows the rows of its source only where both have the same; of a border, the same image.
  bool add_alias(const ir::Node& node) {
    const ir::Value& source = *ops::alias_source(node);
    const ir::Value& view = *node.outputs[0];
    if (const auto border = borders_.find(&source); border != borders_.end()) {
      borders_[&view] = border->second;
      return ops::row_shape(source.type) == ops::row_shape(view.type);
    }
    if (index_.count(&source) == 0 && !add_input(const_cast<ir::Value&>(source))) return false;
    if (!add_buffer(view)) return false;
    ChainBuffer& buffer = chain_.buffers.back();
    const ChainBuffer& owner = chain_.buffers[index_.at(&source)];
    buffer.same_as = owner.same_as;
    return buffer.shape.rows == owner.shape.rows && buffer.shape.row_bytes() == owner.shape.row_bytes();
  }

  bool add_input(ir::Value& value) {
    if (!add_buffer(value)) return false;
    chain_.inputs.push_back(&value);
    return true;
  }

  bool add_border(const ops::StageDraft& draft) {
    const std::unordered_set<const ir::Node*> inside(nodes_.begin(), nodes_.end());
    if (borders_.count(draft.inputs[0]) != 0 || used_outside(*draft.output, inside)) return false;
    borders_[draft.output] = &draft;
    return true;
  }

  // The value that the stage reads as input `k` when it takes over the border around it; null: it cannot.
  ir::Value* without_border(ir::Value* input, std::size_t k, ChainStage& stage) const {
    const auto found = borders_.find(input);
    if (found == borders_.end()) return input;
    const ops::StageDraft& border = *found->second;
    if (k != 0 || stage.draft->outside != border.outside) return nullptr;
    stage.y.padding += border.y.padding;
    stage.x.padding += border.x.padding;
    return border.inputs[0];
  }

  bool add_stage(const ops::StageDraft& draft) {
    ChainStage stage;
    stage.draft = &draft;
    stage.y = draft.y;
    stage.x = draft.x;
    for (std::size_t k = 0; k < draft.inputs.size(); ++k) {
      if (draft.inputs[k] == nullptr) {
        stage.inputs.push_back(chain_.stages.back().output);
        continue;
      }
      ir::Value* input = without_border(draft.inputs[k], k, stage);
      if (input == nullptr) return false;
      if (index_.count(input) == 0 && !add_input(*input)) return false;
      stage.inputs.push_back(index_.at(input));
    }
    const auto pace = draft.pace ? draft.pace : ops::pace_of(stage.y);
    if (!stream::is_sound(stage.y) || !stream::is_sound(stage.x) || !pace) return false;
    stage.pace = *pace;
    stage.output = chain_.buffers.size();
    if (!(draft.output != nullptr ? add_buffer(*draft.output) : add_buffer(nullptr, draft.made))) return false;
    chain_.stages.push_back(std::move(stage));
    return true;
  }

  bool used_outside(const ir::Value& value, const std::unordered_set<const ir::Node*>& inside) const {
    if (value.users.size() != graph_.use_count(value)) return true;  // outputs and mutations
    return std::any_of(value.users.begin(), value.users.end(), [&](const ir::Node* user) {
      if (inside.count(user) == 0) return true;
      return ops::is_alias(*user) && used_outside(*user->outputs[0], inside);
    });
  }

  void place_arguments() {
    const std::unordered_set<const ir::Node*> inside(nodes_.begin(), nodes_.end());
    for (const ChainStage& stage : chain_.stages) {
      ChainBuffer& buffer = chain_.buffers[stage.output];
      buffer.is_ring = buffer.value == nullptr || !used_outside(*buffer.value, inside);
      if (!buffer.is_ring) chain_.outputs.push_back(const_cast<ir::Value*>(buffer.value));
    }
    for (ChainBuffer& buffer : chain_.buffers) {
      const ChainBuffer& owner = chain_.buffers[buffer.same_as];
      buffer.is_ring = owner.is_ring;
      const auto in = std::find(chain_.inputs.begin(), chain_.inputs.end(), owner.value);
      const auto out = std::find(chain_.outputs.begin(), chain_.outputs.end(), owner.value);
      if (in != chain_.inputs.end())
        buffer.argument = static_cast<std::size_t>(in - chain_.inputs.begin());
      else if (out != chain_.outputs.end())
        buffer.argument = chain_.inputs.size() + static_cast<std::size_t>(out - chain_.outputs.begin());
      else
        buffer.argument = chain_.inputs.size() + chain_.outputs.size();
    }
  }

  const std::vector<const ir::Node*>& nodes_;
  const Drafts& drafts_;
  const ir::Graph& graph_;
  Chain& chain_;
  std::unordered_map<const ir::Value*, std::size_t> index_;
  std::unordered_map<const ir::Value*, const ops::StageDraft*> borders_;  // by their outputs
};

std::int64_t ring_bytes(const ChainBuffer& buffer) {
  if (buffer.planes.bytes == 0) return buffer.slots * buffer.shape.row_bytes();
  return std::int64_t{buffer.shape.channels} * buffer.planes.bytes + ops::plane_slack_bytes;
}

void place_rings(Chain& chain) {
  for (std::size_t i = 0; i < chain.buffers.size(); ++i) {
    ChainBuffer& buffer = chain.buffers[i];
    if (!buffer.is_ring) continue;
    if (buffer.same_as != i) {
      buffer.offset = chain.buffers[buffer.same_as].offset;
      buffer.slots = chain.buffers[buffer.same_as].slots;
      continue;
    }
    buffer.offset = chain.workspace_bytes;
    chain.workspace_bytes += aligned(ring_bytes(buffer));
  }
}

}  // namespace

bool make_chain(const std::vector<const ir::Node*>& nodes, const Drafts& drafts, const ir::Graph& graph, Chain& chain,
                bool makes_pairs) {
  chain = Chain();
  chain.makes_pairs = makes_pairs;
  if (!Maker(nodes, drafts, graph, chain).run()) return false;
  const auto gains = [](const ChainStage& stage) { return ops::gains_by_pairs(*stage.draft); };
  if (makes_pairs && std::none_of(chain.stages.begin(), chain.stages.end(), gains)) return false;
  choose_planes(chain);
  do {
    if (!rehearse(chain)) return false;
  } while (give_up_planes(chain));
  place_rings(chain);
  return true;
}

}  // namespace cortado::compiler
