#include "tools/options.h"

#include <CLI/CLI.hpp>

#include "tools/model.h"
#include "tools/ranges.h"

namespace cortado::tools {

void add_model_options(CLI::App& app, ModelOptions& options, const std::string& positional) {
  if (!positional.empty())
    app.add_option(positional, options.model,
                   "A .pt2 that torch.export.save wrote, a Python model (.py, .pt, .pth), or a built-in one: " +
                       built_in_names())
        ->required();
  app.add_option("--weights", options.weights, "Checkpoint of a built-in model (.pth, .pt, .npz, .safetensors)")
      ->type_name("FILE");
  app.add_option("--batch", options.batch,
                 "Size of a first dimension that the model leaves open (default: the example's)")
      ->check(CLI::PositiveNumber);
  app.add_option("--model-input", options.python.model_input, "Example inputs of a Python model (.pt)")
      ->type_name("FILE");
  add_python_options(app, options.python);
}

void add_python_options(CLI::App& app, PythonOptions& options) {
  app.add_option("--python", options.python,
                 "Python with PyTorch, for Python models (default: the virtual environment's, or python3)")
      ->type_name("PROGRAM");
  app.add_option_function<std::int64_t>(
         "--python-timeout", [&options](std::int64_t seconds) { options.time_limit = std::chrono::seconds(seconds); },
         "Seconds that it may take (default: 600)")
      ->check(CLI::Range(1, 1 << 20))
      ->type_name("SECONDS");
}

void add_image_options(CLI::App& app, formats::ImageOptions& options) {
  const auto channels = [&](const char* name, std::vector<double>& values, const char* help) {
    app.add_option(name, values, help)->delimiter(',')->expected(1, 3)->type_name("R,G,B")->default_str("ImageNet's");
  };
  channels("--image-mean", options.mean, "Subtracted from pixel/255");
  channels("--image-std", options.std, "Divides the difference");
  app.add_option("--image-resize", options.resize, "Length of an image's shorter side, in pixels (default: as it is)")
      ->check(CLI::Range(1, 1 << 14));
  app.add_option("--image-crop", options.crop, "Then the square in its middle, in pixels (default: all)")
      ->check(CLI::Range(1, 1 << 14));
}

void add_calibration_options(CLI::App& app, RangesOptions& options, bool with_ranges_file) {
  auto* calibration =
      app.add_option(
             "--calibration", options.calibration,
             "File or folder of samples (.npy, .npz, .pt, .pth, .png, .jpg); may be repeated. A model with state "
             "runs them in order: a file of several is a sequence, and so is a folder")
          ->type_name("PATH");
  if (with_ranges_file)
    app.add_option("--ranges", options.ranges_file, "Ranges that `cortado calibrate` wrote, instead of samples")
        ->type_name("FILE")
        ->excludes(calibration);
  app.add_flag("--thorough", options.thorough,
               "Also choose how the weights of large layers are rounded, and scale channels up in front of depthwise "
               "convolutions where that helps: takes minutes, needs 32 samples or more");
  add_image_options(app, options.image);
  app.add_option("--threads", options.threads, "Samples calibrated at a time (default: one a core)");
}

}  // namespace cortado::tools
