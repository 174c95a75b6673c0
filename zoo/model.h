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
  // The graph as torch.export would give it: PyTorch's operators, parameters under the checkpoint's names.
  Result<ir::Graph> (*build)(const Weights& weights);
};

// In name order.
std::span<const Model> models();
const Model* find(std::string_view name);  // null: there is none


}  // namespace cortado::zoo
