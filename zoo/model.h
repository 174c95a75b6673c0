// The built-in models: one file builds one graph, and list.cc is the only list.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "ir/graph.h"
#include "zoo/weights.h"

namespace cortado::zoo {

struct Model {
  std::string_view name;     // what users type: "efficientnet_lite0"
  std::string_view summary;  // one line for --help
  // The graph as torch.export would give it: PyTorch's operators, parameters under the checkpoint's names. Errors:
  // those of Weights::status().
  Result<ir::Graph> (*build)(Weights& weights);
  // Files of trained weights in the cache of torch.hub, the preferred one first. None: there are no trained weights to
  // be had there.
  std::span<const std::string_view> checkpoints = {};
  // Whether trained weights exist at all: without, made-up ones are what everybody uses.
  bool is_trained = true;
  // Inputs as its users would give them, for calibration without data: the deviation of each from 0. Empty: 1 each.
  std::span<const double> example_deviations = {};
};

// In name order.
std::span<const Model> models();
const Model* find(std::string_view name);  // null: there is none

}  // namespace cortado::zoo
