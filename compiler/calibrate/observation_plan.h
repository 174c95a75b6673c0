// Which values of a graph calibration must look at, and what it must know about them.
#pragma once

#include <unordered_map>
#include <vector>

#include "compiler/calibrate/calibrate.h"
#include "compiler/calibrate/choose_range.h"
#include "compiler/calibrate/statistics.h"
#include "ir/graph.h"

namespace cortado::compiler {

struct Observation {
  const ir::Value* value = nullptr;
  bool wants_range = false;
  ValueRole role;
  int channel_axis = no_channels;  // where a layer's bias correction needs the means of the value
};

struct ObservationPlan {
  std::vector<Observation> observations;  // in the order of Graph::values()
  std::unordered_map<const ir::Value*, std::size_t> index;
};

ObservationPlan plan_observations(const ir::Graph& graph, const CalibrationOptions& options);

}  // namespace cortado::compiler
