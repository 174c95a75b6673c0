// What calibration learns about a normalised float graph: all that quantization needs besides the graph itself.
//
// A value of Ranges can be kept in a file (compiler/calibrate/ranges_file.h), reviewed and used again: the same graph,
// ranges and target give the same program on every host.
#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <vector>

namespace cortado::compiler {

struct Interval {
  double lo = 0;
  double hi = 0;
  friend bool operator==(const Interval&, const Interval&) = default;
};

struct ValueRange {
  Interval range;     // the quantized type must represent it; chosen by the recipe, lo ≤ hi
  Interval observed;  // smallest and largest number seen
  // Mean over samples and positions for each index of the channel axis (QuantizationRule::channel_axis of the layer
  // that reads the value). Only for inputs of layers with weights and a bias or a bias to be: empty elsewhere.
  std::vector<double> channel_means;
  friend bool operator==(const ValueRange&, const ValueRange&) = default;
};

struct Ranges {
  std::string model;             // fingerprint(graph) of the graph that was run
  std::string recipe = "default";
  std::size_t samples = 0;       // how many were run
  bool synthetic = false;        // the samples were made up for want of data
  std::map<std::string, ValueRange> values;  // by ir::Value::name
  friend bool operator==(const Ranges&, const Ranges&) = default;
};

}  // namespace cortado::compiler
