#include "tools/samples.h"

#include <algorithm>
#include <filesystem>
#include <map>
#include <utility>

#include "formats/tensors/tensor_file.h"
#include "tools/adapt.h"

namespace cortado::tools {
namespace {

using compiler::Sample;
using formats::NamedTensors;
using Path = std::filesystem::path;

const ir::Tensor* find(const NamedTensors& tensors, const std::string& name) {
  for (const auto& entry : tensors)
    if (entry.name == name) return &entry.tensor;
  return nullptr;
}

// One tensor for each port: by the names PREFIXinput_0, …, else in order.
Result<Sample> match(const NamedTensors& tensors, const std::string& prefix, const std::vector<Port>& ports,
                     const std::string& file) {
  Sample sample;
  for (std::size_t i = 0; i < ports.size(); ++i) {
    const ir::Tensor* tensor = find(tensors, prefix + "input_" + std::to_string(i));
    if (tensor == nullptr && tensors.size() == ports.size() && prefix.empty()) tensor = &tensors[i].tensor;
    if (tensor == nullptr)
      return input_error(file + ": holds " + std::to_string(tensors.size()) + " tensors, the model has " +
                             std::to_string(ports.size()) + " inputs",
                         "name them " + prefix + "input_0, input_1, …");
    CORTADO_TRY(sample.emplace_back(), adapt(*tensor, ports[i].type, file + ": " + prefix + "input_" + std::to_string(i)));
  }
  return sample;
}

bool is_sample_file(const Path& path) { return formats::is_image_file(path) || formats::is_tensor_file(path); }

Result<NamedTensors> read_file(const Path& path, const std::vector<Port>& ports, SampleOptions options) {
  if (!formats::is_image_file(path)) return formats::read_tensor_file(path);
  if (ports.size() == 1 && ports[0].type.shape.size() == 4) options.channels = static_cast<int>(ports[0].type.shape[1]);
  CORTADO_TRY(auto image, formats::read_prepared_image(path, options));
  return NamedTensors{{"", std::move(image)}};
}

// The prefixes "sample_0_", "sample_1_", … that the names have.
std::vector<std::string> sample_prefixes(const NamedTensors& tensors) {
  std::vector<std::string> prefixes;
  for (std::size_t i = 0;; ++i) {
    const std::string prefix = "sample_" + std::to_string(i) + "_";
    const bool there = std::any_of(tensors.begin(), tensors.end(),
                                   [&](const auto& entry) { return entry.name.rfind(prefix, 0) == 0; });
    if (!there) return prefixes;
    prefixes.push_back(prefix);
  }
}

// One sample a file, read when it is asked for; samples that share a file are kept.
class FileSamples final : public compiler::SampleSource {
 public:
  FileSamples(std::vector<Port> ports, SampleOptions options) : ports_(std::move(ports)), options_(std::move(options)) {}

  Status add(const Path& path) {
    if (path.extension() == ".npz") {
      CORTADO_TRY(const NamedTensors tensors, formats::read_tensor_file(path));
      const auto prefixes = sample_prefixes(tensors);
      for (const std::string& prefix : prefixes) {
        CORTADO_TRY(Sample sample, match(tensors, prefix, ports_, path.string()));
        entries_.push_back({path.string() + ": " + prefix.substr(0, prefix.size() - 1), path, std::move(sample)});
      }
      if (!prefixes.empty()) return {};
    }
    entries_.push_back({path.string(), path, {}});
    return {};
  }

  std::size_t size() const override { return entries_.size(); }
  std::string name(std::size_t i) const override { return entries_[i].name; }
  Result<Sample> sample(std::size_t i) const override {
    const Entry& entry = entries_[i];
    if (!entry.kept.empty()) return entry.kept;
    CORTADO_TRY(const NamedTensors tensors, read_file(entry.path, ports_, options_));
    return match(tensors, "", ports_, entry.name);
  }

 private:
  struct Entry {
    std::string name;
    Path path;
    Sample kept;
  };
  std::vector<Port> ports_;
  SampleOptions options_;
  std::vector<Entry> entries_;
};

// The sample files of a folder and below it, in name order.
Result<std::vector<Path>> files_in(const Path& folder) {
  std::vector<Path> files;
  std::error_code error;
  for (std::filesystem::recursive_directory_iterator i(folder, error), end; !error && i != end; i.increment(error))
    if (i->is_regular_file(error) && is_sample_file(i->path())) files.push_back(i->path());
  if (error) return input_error(folder.string() + ": " + error.message());
  if (files.empty())
    return input_error(folder.string() + ": has no samples", "samples are .npy, .npz, .pt, .pth, .png and .jpg files");
  std::sort(files.begin(), files.end());
  return files;
}

}  // namespace

void add_image_options(CLI::App& app, SampleOptions& options) {
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

Result<std::unique_ptr<compiler::SampleSource>> open_samples(const std::vector<std::string>& paths,
                                                            std::vector<Port> ports, const SampleOptions& options) {
  auto samples = std::make_unique<FileSamples>(std::move(ports), options);
  for (const Path path : paths) {
    std::error_code error;
    if (std::filesystem::is_directory(path, error)) {
      CORTADO_TRY(const auto files, files_in(path));
      for (const Path& file : files) CORTADO_CHECK(samples->add(file));
    } else if (!std::filesystem::exists(path, error)) {
      return input_error(path.string() + ": no such file or folder");
    } else if (!is_sample_file(path)) {
      return input_error(path.string() + ": not a sample",
                         "samples are .npy, .npz, .pt, .pth, .png and .jpg files, or folders of them");
    } else {
      CORTADO_CHECK(samples->add(path));
    }
  }
  return std::unique_ptr<compiler::SampleSource>(std::move(samples));
}

Result<Sample> read_inputs(const std::vector<std::string>& files, const std::vector<Port>& ports,
                           const SampleOptions& options) {
  if (files.empty() && !ports.empty())
    return usage_error("the program has " + std::to_string(ports.size()) + " inputs: --input is missing");
  NamedTensors all;
  for (const std::string& file : files) {
    CORTADO_TRY(const NamedTensors tensors, read_file(file, ports, options));
    all.insert(all.end(), tensors.begin(), tensors.end());
  }
  std::string names;
  for (const std::string& file : files) names += (names.empty() ? "" : ", ") + file;
  return match(all, "", ports, names);
}

}  // namespace cortado::tools
