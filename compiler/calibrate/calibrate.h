// Runs the float graph over samples and chooses a range for every value that quantization will ask for.
#pragma once

#include <optional>
#include <vector>

#include "compiler/calibrate/ranges.h"
#include "compiler/calibrate/samples.h"
#include "compiler/normalise/recorded_statistics.h"
#include "ir/graph.h"

namespace cortado::compiler {

struct CalibrationOptions {
  std::size_t threads = 0;  // samples run at a time; 0: as many as there are cores. The result does not depend on it
  // Rounds the weights of all layers by descend_rounding.h, and not only those of small kernels; scales channels up in
  // front of depthwise convolutions (channel_gain.h) where the samples show that it helps. 32 samples or more.
  bool thorough = false;
  bool synthetic = false;  // the samples come from synthetic_samples(): ranges get more room
  // With synthetic samples that are noise: what training recorded takes their place where it can.
  RecordedStatistics recorded;
  // For each graph input the interval that the user's preprocessing can produce, where it is known. It replaces what
  // was observed when there are too few samples to know the extremes.
  std::vector<std::optional<Interval>> input_limits;
  bool progress = true;  // a progress line on stderr, if that is a terminal
};

// `graph` is normalised. Samples must have the types of its inputs. Graphs with state run them in
// their order and keep their state within a sequence (SampleSource::begins_sequence).
// Errors (all Fault::input): no samples, too few for the thorough recipe, a sample that does not fit, a number that is
// not finite (names sample and value).
Result<Ranges> calibrate(const ir::Graph& graph, const SampleSource& samples, const CalibrationOptions& options = {});

}  // namespace cortado::compiler
