// The options that several commands share, added to CLI11's applications. Only options.cc and the commands know CLI11.
#pragma once

#include <string>

namespace CLI {
class App;
}

namespace cortado::formats {
struct ImageOptions;
}

namespace cortado::tools {

struct ModelOptions;
struct PythonOptions;
struct RangesOptions;

// MODEL, --weights, --batch and those of Python. `positional`: the model's name in the usage, or "" to leave MODEL to
// the caller.
void add_model_options(CLI::App& app, ModelOptions& options, const std::string& positional = "MODEL");
// --python and --python-timeout.
void add_python_options(CLI::App& app, PythonOptions& options);
// --image-mean, --image-std, --image-resize, --image-crop.
void add_image_options(CLI::App& app, formats::ImageOptions& options);
// --calibration, --thorough, images, --threads; --ranges if wanted.
void add_calibration_options(CLI::App& app, RangesOptions& options, bool with_ranges_file);

}  // namespace cortado::tools
