// The user's samples: files and folders of tensors and images, as formats/samples.h reads them.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "compiler/calibrate/samples.h"
#include "formats/images/image.h"
#include "ir/graph.h"

namespace cortado::tools {

using formats::ImageOptions;

// An input of a model or program.
struct Port {
  std::string name;
  ir::Type type;
};

std::vector<Port> ports_of(const ir::Graph& graph);

// The samples of `paths` for a model with these inputs.
Result<std::unique_ptr<compiler::SampleSource>> open_samples(const std::vector<std::string>& paths,
                                                             const std::vector<Port>& ports, const ImageOptions& image);

// The first `count` of them, or all where there are fewer.
std::unique_ptr<compiler::SampleSource> first_samples(std::unique_ptr<compiler::SampleSource> all, std::size_t count);

// The inputs of one run: one file with all of them, or one file an input.
Result<compiler::Sample> read_inputs(const std::vector<std::string>& files, const std::vector<Port>& ports,
                                     const ImageOptions& image);

}  // namespace cortado::tools
