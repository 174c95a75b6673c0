// Ranges of a network without data, from what batch normalisation recorded in training.
#pragma once

#include <map>
#include <string>

#include "compiler/calibrate/ranges.h"
#include "compiler/normalise/recorded_statistics.h"
#include "ir/graph.h"

namespace cortado::compiler {

// By value: six deviations to either side of every channel's mean. Besides the recorded values: what an activation
// makes of one, and sums, whose parts count as normal and independent.
std::map<const ir::Value*, Interval> recorded_ranges(const ir::Graph& graph, const RecordedStatistics& recorded);

}  // namespace cortado::compiler
