#include "compiler/calibrate/observe.h"

#include <fmt/format.h>

#include <algorithm>
#include <memory>

#include "compiler/calibrate/choose_range.h"
#include "compiler/calibrate/histogram.h"
#include "compiler/calibrate/statistics.h"
#include "support/parallel.h"

namespace cortado::compiler {
namespace {

// null where no histogram is needed
using Histograms = std::vector<std::unique_ptr<Histogram>>;

// All that one pass over the samples measures.
struct Measured {
  std::vector<std::vector<SampleStatistics>> statistics;  // [observation][sample]
  std::vector<Histograms> histograms;                     // [thread][observation]
};

Measured room_for(const SampleRunner& runner, const ObservationPlan& plan, const SampleInfo& info) {
  Measured measured;
  measured.statistics.assign(plan.observations.size(), std::vector<SampleStatistics>(runner.samples()));
  measured.histograms.resize(runner.threads());
  for (Histograms& histograms : measured.histograms)
    for (const Observation& observation : plan.observations) {
      const bool wanted = observation.wants_range && needs_histogram(observation.role, info);
      histograms.push_back(wanted ? std::make_unique<Histogram>() : nullptr);
    }
  return measured;
}

Diagnostic not_finite(const ir::Value& value) {
  const std::string source = value.producer != nullptr ? value.producer->source.text() : "";
  return input_error(
      fmt::format("'{}' holds NaN or infinity{}", value.name, source.empty() ? "" : ", computed at " + source),
      "look for damaged weights, or for a sample that is outside of what the model was made for");
}

// Gains change nothing but the tensor itself: what reads it has its weights divided by them.
ir::Tensor after_gain(const ir::Value& value, const ir::Tensor& tensor, const Gains& gains) {
  const auto found = gains.find(value.name);
  return found == gains.end() ? tensor : multiplied(tensor, found->second);
}

Result<Measured> measure(const SampleRunner& runner, const ObservationPlan& plan, const SampleInfo& info,
                         const Gains& gains) {
  Measured measured = room_for(runner, plan, info);
  CORTADO_CHECK(runner.run(
      "calibrating",
      [&](std::size_t sample, std::size_t thread, const ir::Value& value, const ir::Tensor& original) -> Status {
        const auto found = plan.index.find(&value);
        if (found == plan.index.end()) return {};
        const ir::Tensor tensor = after_gain(value, original, gains);
        SampleStatistics& place = measured.statistics[found->second][sample];
        place = sample_statistics(tensor, plan.observations[found->second].channel_axis);
        if (!place.finite) return not_finite(value);
        const auto& histogram = measured.histograms[thread][found->second];
        if (histogram)
          histogram->add({tensor.data<float>(), static_cast<std::size_t>(tensor.elements())}, place.extremes);
        return {};
      }));
  for (std::size_t thread = 1; thread < measured.histograms.size(); ++thread)
    for (std::size_t i = 0; i < plan.observations.size(); ++i)
      if (measured.histograms[0][i]) measured.histograms[0][i]->add(*measured.histograms[thread][i]);
  return measured;
}

std::vector<Interval> extremes_of(const std::vector<SampleStatistics>& samples) {
  std::vector<Interval> extremes;
  for (const SampleStatistics& sample : samples) extremes.push_back(sample.extremes);
  return extremes;
}

Interval observed(const std::vector<SampleStatistics>& samples) {
  Interval all = samples[0].extremes;
  for (const SampleStatistics& sample : samples)
    all = {std::min(all.lo, sample.extremes.lo), std::max(all.hi, sample.extremes.hi)};
  return all;
}

// In the order of the samples: floating-point sums depend on it.
ChannelMeans mean_over_samples(const std::vector<SampleStatistics>& samples, int axis) {
  ChannelMeans mean{axis, std::vector<double>(samples[0].channel_means.size())};
  for (const SampleStatistics& sample : samples)
    for (std::size_t c = 0; c < mean.means.size(); ++c) mean.means[c] += sample.channel_means[c];
  for (double& channel : mean.means) channel /= static_cast<double>(samples.size());
  return mean;
}

}  // namespace

Result<Ranges> observe(const SampleRunner& runner, const ObservationPlan& plan, const SampleInfo& info,
                       const Gains& gains) {
  CORTADO_TRY(const Measured measured, measure(runner, plan, info, gains));
  std::vector<ValueRange> chosen(plan.observations.size());
  CORTADO_CHECK(parallel_for(chosen.size(), runner.threads(), [&](std::size_t i, std::size_t) -> Status {
    if (!plan.observations[i].wants_range) return {};
    chosen[i].range = choose_range(extremes_of(measured.statistics[i]), measured.histograms[0][i].get(),
                                   plan.observations[i].role, info);
    chosen[i].observed = observed(measured.statistics[i]);
    return {};
  }));
  Ranges ranges;
  ranges.gains = gains;
  for (std::size_t i = 0; i < chosen.size(); ++i) {
    const Observation& observation = plan.observations[i];
    if (observation.wants_range) ranges.values[observation.value->name] = chosen[i];
    if (observation.channel_axis != no_channels)
      ranges.channel_means[observation.value->name] =
          mean_over_samples(measured.statistics[i], observation.channel_axis);
  }
  return ranges;
}

}  // namespace cortado::compiler
