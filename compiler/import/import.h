// import: a .pt2 file becomes a graph. Knows files, not the meaning of operators.
//
// What later stages can rely on:
// * Operators are named "aten::conv2d.default", "quantized_decomposed::quantize_per_tensor.default",
//   "cortex_m::quantized_add.default"; arguments have the schema's names; those equal to a default may be left out.
// * Every value has its type; weights, and constants lifted from the code, are ValueKind::constant in logical
//   row-major order whatever their strides; tied weights are one value.
// * Inputs have a dim_order where the example input's strides say so (channels_last).
// * Arguments and results that are no tensors (numbers given at export, None) are left out; Graph::output_spec is then
//   empty.
// * A buffer that the graph changes, by a declared mutation or by an in-place operator on it or on a view of it, is
//   ValueKind::state; tied buffers are one. Declared mutations (graphs exported with decompositions) are in
//   Graph::mutations; in-place operators are still in the graph: making them functional is normalise's work.
// * Devices, layouts and memory formats are strings: "cpu", "strided", "contiguous_format", "channels_last",
//   "preserve_format". Infinities and NaN are doubles.
// * Sizes are numbers everywhere: see ImportOptions::batch.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "formats/pt2/archive.h"
#include "ir/graph.h"

namespace cortado::compiler {

struct ImportOptions {
  // The size to compile for wherever a dynamic dimension 0 of an input occurs. Absent: the size of the example input
  // that the model was exported with; a notice says so. Dynamic dimensions other than 0 always take the example's.
  std::optional<std::int64_t> batch;
  std::vector<std::string>* notices = nullptr;  // lines for the user, appended; may be null
};

// Errors: what formats/pt2/archive.h lists, and every construct without a place in the graph (control flow, custom
// objects, symbolic outputs of data-dependent size…), each with the node and the user's source line.
Result<ir::Graph> import_model(const std::filesystem::path& path, const ImportOptions& options = {});
Result<ir::Graph> import_archive(formats::Pt2Archive& archive, const ImportOptions& options = {});

}  // namespace cortado::compiler
