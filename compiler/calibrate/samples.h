// Where calibration and evaluation take their inputs from.
#pragma once

#include <cstddef>
#include <string>
#include <utility>
#include <vector>

#include "ir/tensor.h"
#include "support/result.h"

namespace cortado::compiler {

// All inputs of a graph, in the order of Graph::inputs.
using Sample = std::vector<ir::Tensor>;

class SampleSource {
 public:
  virtual ~SampleSource() = default;
  virtual std::size_t size() const = 0;
  // Sample i. Called from several threads at once, and more than once for the same i.
  virtual Result<Sample> sample(std::size_t i) const = 0;
  // For graphs with state: it starts anew before sample i. Else it is what sample i − 1 left.
  virtual bool begins_sequence(std::size_t i) const { return i == 0; }
  // What messages call it ("cat.png").
  virtual std::string name(std::size_t i) const { return "sample " + std::to_string(i); }
};

// Samples that are in memory already.
class TensorSamples final : public SampleSource {
 public:
  explicit TensorSamples(std::vector<Sample> samples) : samples_(std::move(samples)) {}
  std::size_t size() const override { return samples_.size(); }
  Result<Sample> sample(std::size_t i) const override { return samples_[i]; }

 private:
  std::vector<Sample> samples_;
};

}  // namespace cortado::compiler
