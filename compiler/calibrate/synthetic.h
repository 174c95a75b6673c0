// Stand-ins for samples that the user does not have.
#pragma once

#include <memory>
#include <string>

#include "compiler/calibrate/samples.h"
#include "ir/graph.h"

namespace cortado::compiler {

struct SyntheticSamples {
  std::unique_ptr<SampleSource> samples;
  std::string notice;  // what was made up and what it may cost, for the user: must be shown
};

// 20 samples from a fixed seed. `image_mean` and `image_std` normalise made-up photographs (pixels 0…1, then
// (pixel − mean) / std per channel) for inputs of shape [n, 3 or 1, h, w]; other inputs get normal noise.
struct ImageNormalisation {
  std::vector<double> mean = {0.485, 0.456, 0.406};
  std::vector<double> std = {0.229, 0.224, 0.225};
};
Result<SyntheticSamples> synthetic_samples(const ir::Graph& graph, const ImageNormalisation& normalisation = {});

}  // namespace cortado::compiler
