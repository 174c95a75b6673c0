#include "compiler/optimise/rehearsal.h"

#include <algorithm>
#include <limits>

#include "stream/schedule.h"

namespace cortado::compiler {
namespace {

// Runs the schedule with rings as long as images, and watches how much of them is in use.
class Rehearsal {
 public:
  explicit Rehearsal(Chain& chain) : chain_(chain), stages_(chain.stages.size()), readers_(chain.buffers.size()) {
    for (std::size_t i = 0; i < stages_.size(); ++i) {
      const ChainStage& from = chain.stages[i];
      stream::ScheduledStage& to = stages_[i];
      to.rows = to.slots = static_cast<std::uint16_t>(chain.buffers[from.output].shape.rows);
      to.rows_at_once = static_cast<std::uint8_t>(from.rows_at_once & 15);
      to.first_rows = static_cast<std::uint8_t>(from.first_rows & 15);
      to.pace = from.pace;
      for (std::size_t k = 0; k < from.inputs.size(); ++k) {
        to.producer[k] = producer(from.inputs[k], i);
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
         advance(step), step.stage = stages_[step.stage].last_reader) {
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

  void advance(const stream::Step& step) {
    stream::ScheduledStage& stage = stages_[step.stage];
    stage.next = static_cast<std::uint16_t>(stage.next + step.rows);
  }

  // Rows of the buffer before this one are needed no more.
  std::int32_t used_up(std::size_t buffer) const {
    std::int32_t first = std::numeric_limits<std::int32_t>::max();
    for (const Reader& reader : readers_[buffer]) {
      const stream::ScheduledStage& stage = stages_[reader.stage];
      if (stage.next < stage.rows)
        first = std::min(first, stage.first(static_cast<std::uint32_t>(reader.input), stage.next));
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
        overlay.lead_bytes = std::min(overlay.lead_bytes, lead & ~(piece_alignment - 1));
      }
    }
  }

  Chain& chain_;
  std::vector<stream::ScheduledStage> stages_;
  std::vector<std::vector<Reader>> readers_;  // of each buffer, by the owner of aliases
};

}  // namespace

bool rehearse(Chain& chain) { return Rehearsal(chain).run(); }

}  // namespace cortado::compiler
