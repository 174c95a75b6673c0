#include "tools/ranges.h"

#include <algorithm>

#include "compiler/calibrate/calibrate.h"
#include "compiler/calibrate/ranges_file.h"
#include "tools/console.h"

namespace cortado::tools {
namespace {

// What photographs can become by the preparation that the user asked for. Nothing is known of tensors.
std::vector<std::optional<compiler::Interval>> input_limits(const compiler::SampleSource& samples,
                                                            const ImageOptions& image) {
  for (std::size_t i = 0; i < samples.size(); ++i)
    if (!formats::is_image_file(samples.name(i))) return {};
  compiler::Interval limits = {0, 0};
  for (std::size_t c = 0; c < std::min(image.mean.size(), image.std.size()); ++c) {
    limits.lo = std::min(limits.lo, (0 - image.mean[c]) / image.std[c]);
    limits.hi = std::max(limits.hi, (1 - image.mean[c]) / image.std[c]);
  }
  return {limits};
}

Result<compiler::Ranges> from_made_up_samples(const ir::Graph& graph, const RangesOptions& options,
                                              const compiler::Prior& prior, compiler::CalibrationOptions calibration) {
  compiler::ImageNormalisation normalisation;
  normalisation.mean = options.image.mean;
  normalisation.std = options.image.std;
  CORTADO_TRY(const auto made_up, compiler::synthetic_samples(graph, normalisation, prior));
  warning(made_up.notice);
  calibration.synthetic = true;
  calibration.recorded = prior.recorded;
  calibration.input_limits = made_up.input_limits;
  return compiler::calibrate(graph, *made_up.samples, calibration);
}

}  // namespace

Result<compiler::Ranges> find_ranges(const ir::Graph& graph, const RangesOptions& options,
                                     const compiler::Prior& prior) {
  if (options.forbidden)
    return usage_error("the model is in float, and programs for Cortex-M are quantized", "add --quantize");
  if (!options.ranges_file.empty()) return compiler::read_ranges(options.ranges_file);
  compiler::CalibrationOptions calibration;
  calibration.threads = options.threads;
  calibration.thorough = options.thorough;
  calibration.progress = show_progress();
  if (options.calibration.empty()) return from_made_up_samples(graph, options, prior, calibration);
  CORTADO_TRY(auto samples, open_samples(options.calibration, ports_of(graph), options.image));
  if (options.most_samples != 0 && samples->size() > options.most_samples) {
    notice("the first " + std::to_string(options.most_samples) + " of " + std::to_string(samples->size()) +
           " samples are used");
    samples = first_samples(std::move(samples), options.most_samples);
  }
  calibration.input_limits = input_limits(*samples, options.image);
  return compiler::calibrate(graph, *samples, calibration);
}

}  // namespace cortado::tools
