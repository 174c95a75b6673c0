#include "compiler/calibrate/observe.h"

#include <fmt/format.h>

#include <algorithm>
#include <memory>

#include "support/parallel.h"

namespace cortado::compiler {
namespace {

// [observation][sample]
using Measured = std::vector<std::vector<SampleStatistics>>;

Diagnostic not_finite(const ir::Value& value) {
  const std::string source = value.producer != nullptr ? value.producer->source.text() : "";
  return input_error(fmt::format("'{}' holds NaN or infinity{}", value.name, source.empty() ? "" : ", computed at " + source),
                     "look for damaged weights, or for a sample that is outside of what the model was made for");
}

// Gains change nothing but the tensor itself: what reads it has its weights divided by them.
ir::Tensor after_gain(const ir::Value& value, const ir::Tensor& tensor, const Gains& gains) {
  const auto found = gains.find(value.name);
  return found == gains.end() ? tensor : multiplied(tensor, found->second);
}

// Pass 1: extremes and means of every sample.
Result<Measured> measure(const SampleRunner& runner, const ObservationPlan& plan, const Gains& gains) {
  Measured measured(plan.observations.size(), std::vector<SampleStatistics>(runner.samples()));
  CORTADO_CHECK(runner.run("calibrating, pass 1", [&](std::size_t sample, std::size_t, const ir::Value& value,
                                                      const ir::Tensor& tensor) -> Status {
    const auto found = plan.index.find(&value);
    if (found == plan.index.end()) return {};
    SampleStatistics& place = measured[found->second][sample];
    place = sample_statistics(after_gain(value, tensor, gains), plan.observations[found->second].channel_axis);
    if (!place.finite) return not_finite(value);
    return {};
  }));
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

// null where no histogram is needed
using Histograms = std::vector<std::unique_ptr<Histogram>>;

// Pass 2: histograms between the extremes that pass 1 found, one set a thread; counts add up in any order.
Result<Histograms> count(const SampleRunner& runner, const ObservationPlan& plan, const Measured& measured,
                         const SampleInfo& info, const Gains& gains) {
  std::vector<Histograms> of_thread(runner.threads());
  bool any = false;
  for (Histograms& histograms : of_thread)
    for (std::size_t i = 0; i < plan.observations.size(); ++i) {
      const bool wanted = plan.observations[i].wants_range && needs_histogram(plan.observations[i].role, info);
      histograms.push_back(wanted ? std::make_unique<Histogram>(observed(measured[i])) : nullptr);
      any = any || wanted;
    }
  if (!any) return std::move(of_thread[0]);
  CORTADO_CHECK(runner.run("calibrating, pass 2", [&](std::size_t, std::size_t thread, const ir::Value& value,
                                                      const ir::Tensor& tensor) -> Status {
    const auto found = plan.index.find(&value);
    if (found == plan.index.end()) return {};
    const auto& histogram = of_thread[thread][found->second];
    if (!histogram) return {};
    const ir::Tensor gained = after_gain(value, tensor, gains);
    histogram->add({gained.data<float>(), static_cast<std::size_t>(gained.elements())});
    return {};
  }));
  for (std::size_t thread = 1; thread < of_thread.size(); ++thread)
    for (std::size_t i = 0; i < plan.observations.size(); ++i)
      if (of_thread[0][i]) of_thread[0][i]->add(*of_thread[thread][i]);
  return std::move(of_thread[0]);
}

}  // namespace

Result<Ranges> observe(const SampleRunner& runner, const ObservationPlan& plan, const SampleInfo& info, const Gains& gains) {
  CORTADO_TRY(const Measured measured, measure(runner, plan, gains));
  CORTADO_TRY(const Histograms histograms, count(runner, plan, measured, info, gains));
  std::vector<ValueRange> chosen(plan.observations.size());
  CORTADO_CHECK(parallel_for(chosen.size(), runner.threads(), [&](std::size_t i, std::size_t) -> Status {
    if (!plan.observations[i].wants_range) return {};
    chosen[i].range = choose_range(extremes_of(measured[i]), histograms[i].get(), plan.observations[i].role, info);
    chosen[i].observed = observed(measured[i]);
    return {};
  }));
  Ranges ranges;
  ranges.gains = gains;
  for (std::size_t i = 0; i < chosen.size(); ++i) {
    const Observation& observation = plan.observations[i];
    if (observation.wants_range) ranges.values[observation.value->name] = chosen[i];
    if (observation.channel_axis != no_channels)
      ranges.channel_means[observation.value->name] = mean_over_samples(measured[i], observation.channel_axis);
  }
  return ranges;
}

}  // namespace cortado::compiler
