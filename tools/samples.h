// The user's samples: files and folders of tensors and images.
#pragma once

#include <CLI/CLI.hpp>
#include <memory>
#include <string>
#include <vector>

#include "compiler/calibrate/samples.h"
#include "formats/images/image.h"
#include "ir/type.h"

namespace cortado::tools {

using SampleOptions = formats::ImageOptions;

// --image-mean, --image-std, --image-resize, --image-crop.
void add_image_options(CLI::App& app, SampleOptions& options);

// An input of a model or program.
struct Port {
  std::string name;
  ir::Type type;
};

// The samples of `paths` for a model with these inputs. A folder stands for its files, in name order. A file holds one
// sample: .npy, .pt, .pth, or an image for models with one input; .npz and .pt with input_0, input_1, …; or several:
// .npz with sample_0_input_0, …. Errors: nothing there, no file of a known kind, no samples. Files are read when the
// sample is asked for, and adapted to the inputs' types then.
Result<std::unique_ptr<compiler::SampleSource>> open_samples(const std::vector<std::string>& paths,
                                                            std::vector<Port> ports, const SampleOptions& options);

// The inputs of one run: one file with all of them, or one file an input.
Result<compiler::Sample> read_inputs(const std::vector<std::string>& files, const std::vector<Port>& ports,
                                     const SampleOptions& options);

}  // namespace cortado::tools
