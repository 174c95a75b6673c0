#include "compiler/calibrate/match_record.h"

#include <cmath>
#include <set>
#include <unordered_map>

#include "compiler/interpret/interpreter.h"
#include "compiler/normalise/fold_affine.h"
#include "ir/clone.h"
#include "ops/rewriter.h"
#include "support/parallel.h"

namespace cortado::compiler {
namespace {

using Batch = std::vector<ir::Tensor>;  // one value in all samples

// Calls f(channel, x) for all elements of tensors [n, c, …].
template <class F>
void for_each_element(Batch& batch, F f) {
  for (ir::Tensor& tensor : batch) {
    const std::int64_t channels = tensor.shape()[1], rows = tensor.shape()[0] * channels;
    const std::int64_t inner = tensor.elements() / rows;
    float* x = tensor.mutable_data<float>();
    for (std::int64_t row = 0; row < rows; ++row)
      for (std::int64_t i = 0; i < inner; ++i, ++x) f(static_cast<std::size_t>(row % channels), *x);
  }
}

ChannelStatistics statistics_of(Batch& batch, std::size_t channels) {
  ChannelStatistics statistics{std::vector<double>(channels), std::vector<double>(channels)};
  std::vector<double> counts(channels);
  for_each_element(batch, [&](std::size_t c, float x) { statistics.means[c] += x, ++counts[c]; });
  for (std::size_t c = 0; c < channels; ++c) statistics.means[c] /= counts[c];
  for_each_element(batch,
                   [&](std::size_t c, float x) { statistics.deviations[c] += std::pow(x - statistics.means[c], 2); });
  for (std::size_t c = 0; c < channels; ++c) statistics.deviations[c] = std::sqrt(statistics.deviations[c] / counts[c]);
  return statistics;
}

// A channel that noise leaves constant only moves to its mean.
ChannelAffine affine_between(const ChannelStatistics& from, const ChannelStatistics& to) {
  constexpr double constant = 1e-6;  // of the mean: rounding
  ChannelAffine affine;
  for (std::size_t c = 0; c < from.means.size(); ++c) {
    const bool varies = from.deviations[c] > constant * std::fabs(from.means[c]);
    const double gain = varies ? to.deviations[c] / from.deviations[c] : 1;
    affine.gain.push_back(gain);
    affine.offset.push_back(to.means[c] - gain * from.means[c]);
  }
  return affine;
}

class Matching {
 public:
  Matching(const ir::Graph& graph, const RecordedStatistics& recorded, std::size_t threads)
      : graph_(ir::clone(graph)), recorded_(recorded), threads_(threads) {}

  Result<ir::Graph> run(const SampleSource& samples) && {
    samples_ = samples.size();
    for (std::size_t i = 0; i < samples_; ++i) {
      CORTADO_TRY(const Sample sample, samples.sample(i));
      for (std::size_t k = 0; k < sample.size(); ++k) values_[graph_.inputs[k]].push_back(sample[k]);
    }
    for (ir::Node* node : graph_.snapshot()) {
      CORTADO_CHECK(evaluate(*node));
      match(*node);
      forget(*node);
    }
    graph_.remove_dead();
    return std::move(graph_);
  }

 private:
  Status evaluate(const ir::Node& node) {
    for (const ir::Value* output : node.outputs) values_[output].resize(samples_);
    return parallel_for(samples_, threads_, [&](std::size_t i, std::size_t) -> Status {
      const auto at = [&](const ir::Value& value) {
        const auto found = values_.find(&value);
        return found != values_.end() ? found->second[i] : value.data;  // a constant, or a state's first content
      };
      CORTADO_TRY(std::vector<ir::Tensor> results, evaluate_node(node, at));
      for (std::size_t k = 0; k < results.size(); ++k) values_.at(node.outputs[k])[i] = std::move(results[k]);
      return {};
    });
  }

  // A record is of a layer that batch normalisation was folded into, so its weight and bias are constants.
  void match(ir::Node& node) {
    const auto found = recorded_.find(node.outputs[0]->name);
    if (found == recorded_.end() || node.outputs[0]->type.elements() == 0) return;
    Batch& batch = values_.at(node.outputs[0]);
    const ChannelAffine affine = affine_between(statistics_of(batch, found->second.means.size()), found->second);
    for_each_element(batch,
                     [&](std::size_t c, float& x) { x = static_cast<float>(x * affine.gain[c] + affine.offset[c]); });
    fold_affine(graph_, node, ops::registry().find(node.op)->quantization.weight_axis, affine);
  }

  void forget(const ir::Node& node) {
    for (const ir::Value* input : ir::input_values(node)) {
      std::set<const ir::Node*>& readers = read_by_[input];
      readers.insert(&node);
      if (readers.size() == input->users.size()) values_.erase(input);
    }
  }

  ir::Graph graph_;
  const RecordedStatistics& recorded_;
  std::size_t threads_, samples_ = 0;
  std::unordered_map<const ir::Value*, Batch> values_;
  std::unordered_map<const ir::Value*, std::set<const ir::Node*>> read_by_;
};

}  // namespace

Result<ir::Graph> match_record(const ir::Graph& graph, const SampleSource& samples, const RecordedStatistics& recorded,
                               std::size_t threads) {
  return Matching(graph, recorded, threads).run(samples);
}

}  // namespace cortado::compiler
