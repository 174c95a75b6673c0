// y[c] = x[c] · gain[c] + offset[c] behind a layer with weights, put into the layer.
#pragma once

#include <vector>

#include "ir/graph.h"

namespace cortado::compiler {

struct ChannelAffine {
  std::vector<double> gain, offset;  // one entry an output channel
};

// `weight_axis` is the axis of the output channels in the layer's weight. Weight and bias, where there is one, must be
// f32 constants; the layer has a bias afterwards.
void fold_affine(ir::Graph& graph, ir::Node& layer, int weight_axis, const ChannelAffine& affine);

}  // namespace cortado::compiler
