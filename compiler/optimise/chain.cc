#include "compiler/optimise/chain.h"

#include <algorithm>
#include <limits>
#include <unordered_set>

#include "ops/alias/alias.h"
#include "stream/schedule.h"

namespace cortado::compiler {
namespace {

constexpr std::int64_t alignment = 16;

std::int64_t aligned(std::int64_t bytes) { return (bytes + alignment - 1) & ~(alignment - 1); }

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
    return !chain_.outputs.empty() && arguments <= stream::max_arguments && chain_.buffers.size() <= stream::max_buffers;
  }

 private:
  bool add_buffer(const ir::Value& value) {
    const auto shape = ops::row_shape(value.type);
    if (!shape || shape->rows > stream::max_rows || shape->width > stream::max_rows ||
        shape->row_bytes() > stream::max_row_bytes)
      return false;
    const std::size_t index = chain_.buffers.size();
    index_[&value] = index;
    chain_.buffers.push_back({&value, *shape, index, shape->rows});
    return true;
  }

  bool add(const ir::Node& node) {
    if (ops::is_alias(node)) return add_alias(node);
    const ops::StageDraft& draft = drafts_.at(&node);
    return draft.is_border() ? add_border(draft) : add_stage(draft);
  }

  // An alias shows the rows of its source only where both have the same.
  bool add_alias(const ir::Node& node) {
    const ir::Value& source = *ops::alias_source(node);
    const ir::Value& view = *node.outputs[0];
    if (borders_.count(&source) != 0) return false;
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
      ir::Value* input = without_border(draft.inputs[k], k, stage);
      if (input == nullptr) return false;
      if (index_.count(input) == 0 && !add_input(*input)) return false;
      stage.inputs.push_back(index_.at(input));
    }
    if (!stream::is_sound(stage.y) || !stream::is_sound(stage.x) || !add_buffer(*draft.output)) return false;
    stage.output = index_.at(draft.output);
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
      buffer.is_ring = !used_outside(*buffer.value, inside);
      if (!buffer.is_ring) chain_.outputs.push_back(const_cast<ir::Value*>(buffer.value));
    }
    for (ChainBuffer& buffer : chain_.buffers) {
      const ChainBuffer& owner = chain_.buffers[buffer.same_as];
      buffer.is_ring = owner.is_ring;
      const auto in = std::find(chain_.inputs.begin(), chain_.inputs.end(), owner.value);
      const auto out = std::find(chain_.outputs.begin(), chain_.outputs.end(), owner.value);
      if (in != chain_.inputs.end()) buffer.argument = static_cast<std::size_t>(in - chain_.inputs.begin());
      else if (out != chain_.outputs.end())
        buffer.argument = chain_.inputs.size() + static_cast<std::size_t>(out - chain_.outputs.begin());
      else buffer.argument = chain_.inputs.size() + chain_.outputs.size();
    }
  }

  const std::vector<const ir::Node*>& nodes_;
  const Drafts& drafts_;
  const ir::Graph& graph_;
  Chain& chain_;
  std::unordered_map<const ir::Value*, std::size_t> index_;
  std::unordered_map<const ir::Value*, const ops::StageDraft*> borders_;  // by their outputs
};

// Runs the schedule with rings as long as images, and watches how much of them is in use.
class Rehearsal {
 public:
  explicit Rehearsal(Chain& chain) : chain_(chain), stages_(chain.stages.size()), readers_(chain.buffers.size()) {
    for (std::size_t i = 0; i < stages_.size(); ++i) {
      const ChainStage& from = chain.stages[i];
      stream::ScheduledStage& to = stages_[i];
      to.rows = to.slots = chain.buffers[from.output].shape.rows;
      to.rows_at_once = from.rows_at_once;
      for (std::size_t k = 0; k < from.inputs.size(); ++k) {
        stream::ScheduledInput& input = to.input[k];
        input.producer = producer(from.inputs[k], i);
        input.last_row = static_cast<std::uint16_t>(chain.buffers[from.inputs[k]].shape.rows - 1);
        if (k == 0) {
          input.stride = static_cast<std::uint16_t>(from.y.stride);
          input.padding = static_cast<std::uint16_t>(from.y.padding);
          input.reach = static_cast<std::uint16_t>((from.y.kernel - 1) * from.y.dilation);
        }
        readers_[chain.buffers[from.inputs[k]].same_as].push_back({i, k});
      }
      to.inputs = static_cast<std::uint8_t>(from.inputs.size());
    }
    stream::find_last_readers(stages_.data(), static_cast<std::uint32_t>(stages_.size()));
    chain.steps = 0;
    chain.overlays.clear();
    for (std::size_t o = 0; o < chain.outputs.size(); ++o)
      for (std::size_t i = 0; i < chain.inputs.size(); ++i)
        if (chain.inputs[i]->kind != ir::ValueKind::constant && !comes_by_rows(*chain.inputs[i]))
          chain.overlays.push_back({o, i, static_cast<std::int64_t>(chain.inputs[i]->type.size_bytes())});
  }

  // False when it gets stuck before all rows are made.
  bool run() {
    std::vector<std::int32_t> most(chain_.buffers.size(), 1);
    const auto count = static_cast<std::uint32_t>(stages_.size());
    for (stream::Step step{count - 1, 0}; (step = stream::next_step(stages_.data(), step.stage, count)).stage != count;
         stages_[step.stage].next += step.rows, step.stage = stages_[step.stage].last_reader) {
      const std::size_t output = chain_.stages[step.stage].output;
      const std::int32_t row = stages_[step.stage].next + step.rows - 1;
      most[output] = std::max(most[output], row - std::min(used_up(output), row) + 1);
      if (!chain_.buffers[output].is_ring) watch_overlays(output, row);
      ++chain_.steps;
    }
    for (const auto& stage : stages_)
      if (stage.next != stage.rows) return false;
    for (ChainBuffer& buffer : chain_.buffers)
      if (buffer.is_ring) buffer.slots = most[buffer.same_as];
    return true;
  }

 private:
  struct Reader {
    std::size_t stage, input;
  };

  std::int8_t producer(std::size_t buffer, std::size_t end) const {
    for (std::size_t i = end; i-- > 0;)
      if (chain_.stages[i].output == chain_.buffers[buffer].same_as) return static_cast<std::int8_t>(i);
    return -1;
  }

  // Rows of the buffer before this one are needed no more.
  std::int32_t used_up(std::size_t buffer) const {
    std::int32_t first = std::numeric_limits<std::int32_t>::max();
    for (const Reader& reader : readers_[buffer]) {
      const stream::ScheduledStage& stage = stages_[reader.stage];
      if (stage.next < stage.rows) first = std::min(first, stage.input[reader.input].first(stage.next));
    }
    return first;
  }

  void watch_overlays(std::size_t output, std::int32_t row) {
    for (Overlay& overlay : chain_.overlays) {
      if (chain_.outputs[overlay.output] != chain_.buffers[output].value) continue;
      for (std::size_t b = 0; b < chain_.buffers.size(); ++b) {
        const ChainBuffer& input = chain_.buffers[b];
        if (input.value != chain_.inputs[overlay.input]) continue;
        const std::int32_t used = used_up(b);
        if (used >= input.shape.rows) continue;
        const std::int64_t lead = used * input.shape.row_bytes() - (row + 1) * chain_.buffers[output].shape.row_bytes();
        overlay.lead_bytes = std::min(overlay.lead_bytes, lead & ~(alignment - 1));
      }
    }
  }

  Chain& chain_;
  std::vector<stream::ScheduledStage> stages_;
  std::vector<std::vector<Reader>> readers_;  // of each buffer, by the owner of aliases
};

// Lets rings be planes where writer and only reader know how.
class PlaneChooser {
 public:
  explicit PlaneChooser(Chain& chain) : chain_(chain) {}

  void run() {
    for (ChainStage& writer : chain_.stages) {
      ChainStage* reader = only_reader(writer.output);
      ChainBuffer& buffer = chain_.buffers[writer.output];
      if (reader == nullptr || !buffer.is_ring || !writer.draft->planes_writer || !reader->draft->planes_reader) continue;
      const ops::PlanesReader& wanted = *reader->draft->planes_reader;
      buffer.planes = {(wanted.lead + wanted.columns) * wanted.slots, reader->x.padding};  // a border is among them
      writer.outside = wanted.outside;
      reader->reads_planes = true;
    }
    set_rows_at_once();
  }

  // Where a ring takes more slots than its planes have. False: nowhere.
  bool give_up() {
    bool any = false;
    for (ChainStage& writer : chain_.stages) {
      ChainBuffer& buffer = chain_.buffers[writer.output];
      if (buffer.planes.bytes == 0) continue;
      ChainStage& reader = *only_reader(writer.output);
      const std::int32_t slots = reader.draft->planes_reader->slots;
      if (buffer.slots <= slots) {
        buffer.slots = slots;
        continue;
      }
      buffer.planes = {};
      writer.outside.reset();
      reader.reads_planes = false;
      any = true;
    }
    set_rows_at_once();
    return any;
  }

 private:
  void set_rows_at_once() {
    for (ChainStage& stage : chain_.stages) stage.rows_at_once = stage.form().rows_at_once;
  }

  // The one stage that reads the buffer, as its first input; null: others do, or see it as something else.
  ChainStage* only_reader(std::size_t buffer) {
    for (std::size_t i = 0; i < chain_.buffers.size(); ++i)
      if (i != buffer && chain_.buffers[i].same_as == buffer) return nullptr;
    ChainStage* found = nullptr;
    for (ChainStage& stage : chain_.stages)
      for (const std::size_t input : stage.inputs) {
        if (input != buffer) continue;
        if (found != nullptr) return nullptr;
        found = &stage;
      }
    return found != nullptr && found->inputs[0] == buffer ? found : nullptr;
  }

  Chain& chain_;
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

bool make_chain(const std::vector<const ir::Node*>& nodes, const Drafts& drafts, const ir::Graph& graph, Chain& chain) {
  chain = Chain();
  if (!Maker(nodes, drafts, graph, chain).run()) return false;
  PlaneChooser planes(chain);
  planes.run();
  do {
    if (!Rehearsal(chain).run()) return false;
  } while (planes.give_up());
  place_rings(chain);
  return true;
}

}  // namespace cortado::compiler
