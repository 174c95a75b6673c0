// Gains in front of depthwise convolutions: channels that use little of their tensor's range are scaled up.
//
// int8 gives all channels of a tensor one scale, which its largest channel sets. Where only depthwise convolutions read
// the tensor, channel c may be multiplied by k[c] ≥ 1 in the layer before and divided by it in the depthwise weights:
// the network computes the same, and small channels get more of the steps.
//
//   k[c] = clamp(max A / A[c], 1, 4), A the largest |value| of each channel; under a clamp at H: k[c] ≤ max(1, H/(2
//   A[c]))
//
// so that what the clamp cuts off stays far away.
#pragma once

#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "compiler/calibrate/sample_runner.h"
#include "ir/graph.h"
#include "support/result.h"

namespace cortado::compiler {

// A value that can have gains: NCHW, made by a layer and a clamp that starts at 0 (or the layer alone), read only by
// depthwise convolutions.
struct GainPlace {
  const ir::Value* value = nullptr;
  ir::Node* layer = nullptr;         // whose rows are multiplied
  std::vector<ir::Node*> depthwise;  // whose weights are divided
  std::optional<double> limit;       // upper, of the clamp
};
std::vector<GainPlace> find_gain_places(const ir::Graph& graph);

std::vector<double> choose_gains(std::span<const double> largest, std::optional<double> limit);

// By the name of the value; from one pass over the samples.
using Gains = std::map<std::string, std::vector<double>>;
Result<Gains> measure_gains(const ir::Graph& graph, const SampleRunner& runner);

// Channel c of a tensor [n, c, …], times gains[c].
ir::Tensor multiplied(const ir::Tensor& tensor, std::span<const double> gains);

// Puts the gains into the weights. An input error names a value that cannot have gains, or not as many.
Status apply_gains(ir::Graph& graph, const Gains& gains);

}  // namespace cortado::compiler
