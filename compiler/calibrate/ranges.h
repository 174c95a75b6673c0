// What calibration learns about a normalised float graph: all that quantization needs besides the graph itself.
//
// A value of Ranges can be kept in a file (compiler/calibrate/ranges_file.h), reviewed and used again: the same graph,
// ranges and target give the same program on every host.
#pragma once

#include <cstddef>
#include <cstdint>
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
  Interval range;     // what the quantized type must represent; chosen by the recipe, lo ≤ hi
  Interval observed;  // smallest and largest number seen
  friend bool operator==(const ValueRange&, const ValueRange&) = default;
};

// Mean over samples and positions for each index along an axis.
struct ChannelMeans {
  int axis = 1;  // as QuantizationRule::channel_axis of the layer that reads the value
  std::vector<double> means;
  friend bool operator==(const ChannelMeans&, const ChannelMeans&) = default;
};

struct Ranges {
  std::string model;  // fingerprint(graph) of the graph that was run
  std::string recipe = "default";
  std::size_t samples = 0;  // how many were run
  bool synthetic = false;   // the samples were made up for want of data
  // By ir::Value::name. `values`: all that can be int8 and have parameters of their own (a pooling's output shares its
  // input's). `channel_means`: inputs of layers with weights, for bias correction.
  std::map<std::string, ValueRange> values;
  std::map<std::string, ChannelMeans> channel_means;
  // Recipe "thorough": by how much channels are scaled up (channel_gain.h), where it helps; ranges and means are those
  // after it.
  std::map<std::string, std::vector<double>> gains;
  // By the name of a layer's node, in recipe "default" those of small kernels: for each of its weights, by how many
  // steps it is rounded away from the nearest integer (choose_rounding.h). Layers without an entry round to the
  // nearest.
  std::map<std::string, std::vector<std::int8_t>> roundings;
  friend bool operator==(const Ranges&, const Ranges&) = default;
};

}  // namespace cortado::compiler
