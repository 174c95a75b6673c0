// Writes a .pt2 in the archive form, as torch.export.save does: torch.export.load and our own reader take it.
#pragma once

#include <cstdint>
#include <vector>

#include "formats/json.h"
#include "ir/graph.h"

namespace cortado::formats {

// The graph's arguments must fill their operators' schemas from the front, without gaps; values have their logical
// layout. Constants that are no floats, and batch norm's running statistics, become buffers; other constants
// parameters. There are no example inputs in the file. Errors: a graph with state, more than 4 GiB.
Result<std::vector<std::uint8_t>> write_pt2(const ir::Graph& graph);

// torch._export.serde.schema.ExportedProgram.
Json exported_program(const ir::Graph& graph);
// A tensor's entry in it.
Json tensor_meta(const ir::Type& type);
// The name under which a constant is kept, and whether it is a buffer.
std::string parameter_name(const ir::Value& constant);
bool is_buffer(const ir::Value& constant);

}  // namespace cortado::formats
