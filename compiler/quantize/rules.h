// What a node's operator says about int8.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "ir/graph.h"
#include "ops/definition.h"

namespace cortado::compiler {

// Null when the operator has no int8 form: it is unknown, float only, or nothing turns it into int8 operators.
const ops::QuantizationRule* int8_rule(const ir::Node& node);

// For activations that are clamps with constant limits.
std::optional<ops::ClampForm> clamp_form(const ir::Node& node);

// Why int8_rule() is null, for the user.
std::string float_reason(const ir::Node& node);

// The activation (relu, hardtanh, clamp, …) that will be merged into `node`, or null: the node's operator accepts one,
// and its only output goes to that activation alone.
const ir::Node* fused_activation(const ir::Graph& graph, const ir::Node& node);

// The node that `activation` will be merged into, or null.
const ir::Node* fused_producer(const ir::Graph& graph, const ir::Node& activation);

// Float tensors that the node takes as data: all of its f32 values but weight, bias, and constants that its rule keeps,
// without repetitions.
std::vector<ir::Value*> data_inputs(const ir::Node& node, const ops::QuantizationRule& rule);

}  // namespace cortado::compiler
