// A run of nodes as one row stream: its buffers, how long its rings must be, and what may lie over what.
#pragma once

#include <unordered_map>
#include <vector>

#include "compiler/optimise/stream_node.h"
#include "ops/stage.h"
#include "ops/stage_draft.h"
#include "stream/blob.h"

namespace cortado::compiler {

// Pieces of a stream's memory begin at multiples of this many bytes.
constexpr std::int64_t piece_alignment = 16;

struct ChainBuffer {
  const ir::Value* value = nullptr;  // null: what one stage of a node leaves to the next
  ops::RowShape shape;
  std::size_t same_as = 0;   // an alias: the buffer whose rows it shows
  std::int32_t slots = 0;    // shape.rows: a tensor of the call
  std::size_t argument = 0;  // of the call; workspace: is_ring
  bool is_ring = false;
  std::int64_t offset = 0;  // in the workspace
  ops::Planes planes;
};

struct ChainStage {
  const ops::StageDraft* draft = nullptr;
  bool reads_planes = false;
  std::optional<std::int32_t> outside;  // of planes that it writes
  ops::Window y, x;                     // the draft's, with borders taken over
  ops::RowPace pace = {};
  std::vector<std::size_t> inputs;  // buffers
  std::size_t output = 0;
  std::int32_t rows_at_once = 1, first_rows = 1;  // in a step, and in the first one

  // Without the number `outside`.
  const ops::StageForm& form() const {
    return reads_planes ? draft->planes_reader->form : outside ? *draft->planes_writer : *draft;
  }
};

struct Chain {
  std::vector<ChainBuffer> buffers;
  std::vector<ChainStage> stages;
  ir::ValueList inputs;             // tensors that it reads
  std::vector<ir::Value*> outputs;  // tensors that it makes, in order of the nodes
  std::int64_t workspace_bytes = 0;
  std::vector<Overlay> overlays;  // for every pair of an output and an input that is no constant
  std::uint64_t steps = 0;        // rows made
  bool takes_input_rows = false;  // inputs[0] comes by rows
  bool makes_pairs = false;       // stages of stride 1 make two rows at once, for which rings are longer
};

// The drafts of a graph's nodes that can be stages.
using Drafts = std::unordered_map<const ir::Node*, ops::StageDraft>;

// `nodes` is a run in order of execution of nodes with drafts, and of aliases. False: they cannot be one stream, or one
// that makes pairs of rows would gain nothing.
bool make_chain(const std::vector<const ir::Node*>& nodes, const Drafts& drafts, const ir::Graph& graph, Chain& chain,
                bool makes_pairs = false);

// The blob of a chain (stream/blob.h).
std::vector<std::uint8_t> write_blob(const Chain& chain, stream::LoopChoice loops);

}  // namespace cortado::compiler
