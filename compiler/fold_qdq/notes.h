// What the quantizer that made a q/dq graph noted at its operators.
#pragma once

#include "ir/graph.h"

namespace cortado::compiler {

// Whether ExecuTorch's Arm quantizers meant the operator to compute in integers. They say so in
// node.meta["custom"]: {"_arm_annotation_info": {"quantized": true}}.
bool noted_as_quantized(const ir::Source& source);

// Whether the graph has such notes at all.
bool has_notes(const ir::Graph& graph);

// Whether weights are quantized. In a graph without notes they show that its quantizer meant operators, those between
// dq and q nodes; with neither notes nor quantized weights only values were meant to be rounded.
bool has_quantized_weights(const ir::Graph& graph);

}  // namespace cortado::compiler
