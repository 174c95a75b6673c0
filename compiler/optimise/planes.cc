#include "compiler/optimise/planes.h"

#include <algorithm>

namespace cortado::compiler {
namespace {

class PlaneChooser {
 public:
  explicit PlaneChooser(Chain& chain) : chain_(chain) {}

  void run() {
    for (ChainStage& writer : chain_.stages) {
      ChainStage* reader = only_reader(writer.output);
      ChainBuffer& buffer = chain_.buffers[writer.output];
      if (reader == nullptr || !buffer.is_ring || !writer.draft->planes_writer || !reader->draft->planes_reader)
        continue;
      const ops::PlanesReader& wanted = *reader->draft->planes_reader;
      buffer.planes = {(wanted.lead + wanted.columns) * wanted.slots, reader->x.padding};  // a border is among them
      writer.outside = wanted.outside;
      reader->reads_planes = true;
    }
    set_rows_at_once();
  }

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
  // A stage begins so that it reads the last rows that its producer has made, so that no ring has a row more for it;
  // one that reads planes so that later windows start at even slots.
  void set_rows_at_once() {
    for (ChainStage& stage : chain_.stages) {
      stage.rows_at_once = std::max(stage.form().rows_at_once, chain_.makes_pairs && stage.y.stride == 1 ? 2 : 1);
      stage.first_rows = stage.rows_at_once;
      if (stage.rows_at_once == 1 || stage.outside) continue;
      const ChainStage* producer = producer_of(stage.inputs[0]);
      if (stage.reads_planes)
        stage.first_rows -= stage.y.padding % stage.rows_at_once;
      else if (producer != nullptr && producer->rows_at_once == stage.rows_at_once)
        stage.first_rows = first_rows(stage, *producer);
    }
  }

  // How many rows read up to where `producer` has made an odd or an even number of rows, as it goes on to do.
  static std::int32_t first_rows(const ChainStage& stage, const ChainStage& producer) {
    const std::int32_t more = (stage.y.kernel - 1) * stage.y.dilation - stage.y.padding;  // rows than the output's
    if (stage.rows_at_once != 2 || stage.y.stride != 1) return more == 0 ? producer.first_rows : stage.rows_at_once;
    return (producer.first_rows - more) % 2 == 0 ? 2 : 1;
  }

  const ChainStage* producer_of(std::size_t buffer) const {
    for (const ChainStage& stage : chain_.stages)
      if (stage.output == chain_.buffers[buffer].same_as) return &stage;
    return nullptr;
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

}  // namespace

void choose_planes(Chain& chain) { PlaneChooser(chain).run(); }

bool give_up_planes(Chain& chain) { return PlaneChooser(chain).give_up(); }

}  // namespace cortado::compiler
