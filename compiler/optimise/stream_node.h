// A row stream in a lowered graph: one node in place of the operators that run in it.
//
//   cortado::stream(inputs: tensors, workspace: scratch or None, blob: u8 constant, overlays: ints, input_rows: bool)
//   -> outputs
//
// The program calls it as a delegate with inputs, outputs and workspace, in this order (stream/blob.h).
#pragma once

#include <string_view>
#include <vector>

#include "ir/graph.h"

namespace cortado::compiler {

constexpr std::string_view stream_op = "cortado::stream";

// Only in front of the choice of streams, of which it becomes a stage: the rows of an input that comes by rows.
constexpr std::string_view input_rows_op = "cortado::input_rows";

inline bool is_stream(const ir::Node& node) { return node.op == stream_op; }

// Output `output` may lie over input `input`, whose rows are used up in time, as long as it begins no later than
// `lead_bytes` (a multiple of 16, possibly negative) behind the input's beginning.
struct Overlay {
  std::size_t output = 0, input = 0;
  std::int64_t lead_bytes = 0;
};

// Whether the value is an input of the graph whose rows the caller gives as they are needed, so that it has no memory:
// what input_rows reads, and then the first input of the stream that has become of it.
bool comes_by_rows(const ir::Value& value);

const ir::ValueList& stream_inputs(const ir::Node& node);
ir::Value* stream_workspace(const ir::Node& node);  // null: none
const ir::Tensor& stream_blob(const ir::Node& node);
std::vector<Overlay> stream_overlays(const ir::Node& node);
// Inputs, outputs and workspace: the tensors of the call.
std::vector<const ir::Value*> stream_arguments(const ir::Node& node);

}  // namespace cortado::compiler
