#include "tools/ranges.h"

#include "compiler/calibrate/calibrate.h"
#include "compiler/calibrate/ranges_file.h"
#include "compiler/calibrate/synthetic.h"
#include "tools/console.h"

namespace cortado::tools {
namespace {

std::vector<Port> ports_of(const ir::Graph& graph) {
  std::vector<Port> ports;
  for (const ir::Value* input : graph.inputs) ports.push_back({input->name, input->type});
  return ports;
}

Result<compiler::Ranges> from_made_up_samples(const ir::Graph& graph, const RangesOptions& options,
                                              compiler::CalibrationOptions calibration) {
  compiler::ImageNormalisation normalisation;
  normalisation.mean = options.image.mean;
  normalisation.std = options.image.std;
  CORTADO_TRY(const auto made_up, compiler::synthetic_samples(graph, normalisation));
  warning(made_up.notice);
  calibration.synthetic = true;
  return compiler::calibrate(graph, *made_up.samples, calibration);
}

}  // namespace

void add_calibration_options(CLI::App& app, RangesOptions& options, bool with_ranges_file) {
  auto* calibration = app.add_option("--calibration", options.calibration,
                                     "File or folder of samples (.npy, .npz, .pt, .pth, .png, .jpg); may be repeated")
                          ->type_name("PATH");
  if (with_ranges_file)
    app.add_option("--ranges", options.ranges_file, "Ranges that `cortado calibrate` wrote, instead of samples")
        ->type_name("FILE")
        ->excludes(calibration);
  add_image_options(app, options.image);
  app.add_option("--threads", options.threads, "Samples calibrated at a time (default: one a core)");
}

Result<compiler::Ranges> find_ranges(const ir::Graph& graph, const RangesOptions& options) {
  if (options.forbidden)
    return usage_error("the model is in float, and programs for Cortex-M are quantized", "add --quantize");
  if (!options.ranges_file.empty()) return compiler::read_ranges(options.ranges_file);
  compiler::CalibrationOptions calibration;
  calibration.threads = options.threads;
  calibration.progress = show_progress();
  if (options.calibration.empty()) return from_made_up_samples(graph, options, calibration);
  CORTADO_TRY(const auto samples, open_samples(options.calibration, ports_of(graph), options.image));
  return compiler::calibrate(graph, *samples, calibration);
}

}  // namespace cortado::tools
