// Stand-ins for samples that the user does not have.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "compiler/calibrate/ranges.h"
#include "compiler/calibrate/samples.h"
#include "compiler/normalise/recorded_statistics.h"
#include "ir/graph.h"

namespace cortado::compiler {

// Pixels 0 … 1 become (pixel − mean) / std. One entry per channel; a network with one channel takes their averages.
struct ImageNormalisation {
  std::vector<double> mean = {0.485, 0.456, 0.406};
  std::vector<double> std = {0.229, 0.224, 0.225};
};

// What the numbers of an input that takes no images are like.
struct InputSpread {
  double mean = 0, deviation = 1;        // of real numbers
  std::int64_t lowest = 0, highest = 1;  // of integers
};
// Of an example of the input, where it tells something (not all elements are equal); else as above.
InputSpread spread_of(const ir::Tensor& example);

// What a model tells of the data that the user does not have.
struct Prior {
  std::vector<InputSpread> spreads;  // one an input, or none
  RecordedStatistics recorded;       // for models that do not take images: made-up images are better
};

// What normalisation can make of a pixel in `channels` channels.
Interval image_limits(const ImageNormalisation& normalisation, std::int64_t channels);

struct SyntheticSamples {
  std::unique_ptr<SampleSource> samples;
  std::vector<std::optional<Interval>> input_limits;  // for CalibrationOptions
  std::string notice;  // what was made up and what it may cost, for the user: must be shown
};

// The input looks like images: f32 [n, 3 or 1, h, w] of at least 8 x 8 pixels.
bool takes_images(const ir::Value& input);

// 20 samples from a fixed seed, the same on every host up to the rounding of log and sin. Inputs that take images get
// made-up photographs, other real ones normal noise and integers equally likely ones, by the prior's spreads. Errors: a
// normalisation that does not have the right number of entries, or a std that is not above 0.
Result<SyntheticSamples> synthetic_samples(const ir::Graph& graph, const ImageNormalisation& normalisation = {},
                                           const Prior& prior = {});

}  // namespace cortado::compiler
