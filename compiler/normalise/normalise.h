// Imported graph → normalised graph: one way to say a thing, however the user exported it.
//
// Afterwards:
// * no operator writes into its arguments; buffers that change are Graph::mutations;
// * no operator is there that only training or memory layout needs (dropout, clone, contiguous, detach, alias);
// * convolutions are conv2d.default, conv3d.default or conv_transpose2d.input with all numbers spelled out; fully
//   connected layers are linear.default; other products are bmm.default; shapes change by view.default, orders by
//   permute.default; relu6 and its kin are hardtanh.default or clamp.default;
// * batch normalisation is folded into the weights before it, or is a multiplication and an addition;
// * attention is spelled out in matrix products and softmax;
// * numbers beside tensors are constants; whatever depends on constants alone is one.
// Every pass keeps what the graph computes: up to rounding in float, exactly for q/dq nodes and what they touch.
#pragma once

#include <span>
#include <string_view>

#include "ir/graph.h"
#include "support/result.h"

namespace cortado::compiler {

struct NormalisePass {
  std::string_view name;    // the pass's file
  std::string_view reason;  // why it is there, and why at this place
  Status (*run)(ir::Graph& graph);
};

// In order. Running all of them again changes nothing.
std::span<const NormalisePass> normalise_passes();

// Runs them all.
Status normalise(ir::Graph& graph);

}  // namespace cortado::compiler
