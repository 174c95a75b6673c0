#include "compiler/calibrate/calibrate.h"

#include <fmt/format.h>

#include <algorithm>

#include "compiler/calibrate/choose_rounding.h"
#include "compiler/calibrate/fingerprint.h"
#include "compiler/calibrate/helpful_gains.h"
#include "compiler/calibrate/match_record.h"
#include "compiler/calibrate/observe.h"
#include "compiler/calibrate/output_noise.h"
#include "compiler/calibrate/some_samples.h"

namespace cortado::compiler {
namespace {

// Only what images are prepared with has known limits.
SampleInfo info_of(const SampleSource& samples, const CalibrationOptions& options) {
  const auto& limits = options.input_limits;
  const bool of_images = std::any_of(limits.begin(), limits.end(), [](const auto& limit) { return limit.has_value(); });
  return {samples.size(), options.synthetic, of_images};
}

// With few samples, channels that happen to be small in them would get gains that clip those of others.
Status check_thorough(const SampleInfo& info) {
  constexpr std::size_t fewest = 32;
  if (!info.synthetic && info.count >= fewest) return {};
  return input_error(fmt::format("the thorough recipe needs at least {} samples, there {} {}", fewest,
                                 info.synthetic    ? "are"
                                 : info.count == 1 ? "is"
                                                   : "are",
                                 info.synthetic ? "none" : std::to_string(info.count)),
                     "leave --thorough out, or give more with --calibration");
}

// Roundings, and gains where they help. Gains change nothing but the value that has them, so what was observed without
// and with all of them tells each choice of them. They are kept when they also help the network as a whole: what they
// do to single layers may cancel out.
Status make_thorough(const ir::Graph& graph, const SampleSource& samples, const SampleRunner& runner,
                     const ObservationPlan& plan, const CalibrationOptions& options, Ranges& ranges) {
  const std::size_t step = graph.mutations().empty() ? 4 : 1;  // state makes the samples a sequence
  // Of what the output's noise must fall to: smaller differences are the chance of these samples.
  constexpr double clearly = 0.9;
  ranges.recipe = "thorough";
  CORTADO_TRY(ranges.roundings, choose_roundings(graph, samples, all_taps, options.threads, options.progress));
  CORTADO_TRY(const Gains gains, measure_gains(graph, runner));
  if (gains.empty()) return {};
  CORTADO_TRY(Ranges gained, observe(runner, plan, info_of(samples, options), gains));
  const SomeSamples part(samples, 0, step, (samples.size() + step - 1) / step);
  Ranges better = ranges;
  CORTADO_TRY(better.gains, helpful_gains(graph, part, ranges, gained, options.threads, options.progress));
  for (const auto& [name, kept] : better.gains) {
    better.values[name] = gained.values[name];
    better.channel_means[name] = gained.channel_means[name];
  }
  CORTADO_TRY(const OutputNoise noise, OutputNoise::create(graph, part, options.threads, options.progress));
  CORTADO_TRY(const double without, noise.of(ranges));
  CORTADO_TRY(const double with, noise.of(better));
  if (with < clearly * without) ranges = std::move(better);
  return {};
}

// Of the layers of few weights an output: a few samples tell their covariances. Made-up numbers vary alone.
Result<Roundings> round_small_kernels(const ir::Graph& graph, const SampleSource& samples,
                                      const CalibrationOptions& options) {
  constexpr std::size_t enough = 16;
  if (options.synthetic && !info_of(samples, options).of_images) return Roundings();
  const bool is_sequence = !graph.mutations().empty();
  const std::size_t count = is_sequence ? samples.size() : std::min(samples.size(), enough);
  const SomeSamples part(samples, 0, samples.size() / count, count);
  return choose_roundings(graph, part, few_taps, options.threads, options.progress);
}

// What noise is run through: where training recorded how large activations are, a copy that makes them so.
Result<std::optional<ir::Graph>> stand_in(const ir::Graph& graph, const SampleSource& samples,
                                          const CalibrationOptions& options) {
  if (!options.synthetic || options.recorded.empty()) return std::optional<ir::Graph>();
  CORTADO_TRY(ir::Graph matched, match_record(graph, samples, options.recorded, options.threads));
  return std::optional(std::move(matched));
}

}  // namespace

Result<Ranges> calibrate(const ir::Graph& graph, const SampleSource& samples, const CalibrationOptions& options) {
  if (samples.size() == 0) return input_error("there is no calibration data", "give at least one sample of the inputs");
  const SampleInfo info = info_of(samples, options);
  if (options.thorough) CORTADO_CHECK(check_thorough(info));
  CORTADO_TRY(const std::optional<ir::Graph> matched, stand_in(graph, samples, options));
  const ir::Graph& run = matched ? *matched : graph;
  const ObservationPlan plan = plan_observations(run, options);
  CORTADO_TRY(const SampleRunner runner, SampleRunner::create(run, samples, options.threads, options.progress));
  CORTADO_TRY(Ranges ranges, observe(runner, plan, info, {}));
  ranges.model = fingerprint(graph);
  ranges.samples = samples.size();
  ranges.synthetic = options.synthetic;
  if (options.thorough) {
    CORTADO_CHECK(make_thorough(graph, samples, runner, plan, options, ranges));
  } else {
    CORTADO_TRY(ranges.roundings, round_small_kernels(graph, samples, options));
  }
  return ranges;
}

}  // namespace cortado::compiler
