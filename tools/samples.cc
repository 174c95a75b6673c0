#include "tools/samples.h"

#include "formats/fit.h"
#include "formats/samples.h"
#include "formats/tensors/tensor_file.h"

namespace cortado::tools {
namespace {

class FileSamples final : public compiler::SampleSource {
 public:
  explicit FileSamples(formats::SampleFiles files) : files_(std::move(files)) {}
  std::size_t size() const override { return files_.size(); }
  Result<compiler::Sample> sample(std::size_t i) const override { return files_.sample(i); }
  bool begins_sequence(std::size_t i) const override { return files_.begins_sequence(i); }
  std::string name(std::size_t i) const override { return files_.name(i); }

 private:
  formats::SampleFiles files_;
};

class FirstSamples final : public compiler::SampleSource {
 public:
  FirstSamples(std::unique_ptr<compiler::SampleSource> all, std::size_t count) : all_(std::move(all)), count_(count) {}
  std::size_t size() const override { return count_; }
  Result<compiler::Sample> sample(std::size_t i) const override { return all_->sample(i); }
  bool begins_sequence(std::size_t i) const override { return all_->begins_sequence(i); }
  std::string name(std::size_t i) const override { return all_->name(i); }

 private:
  std::unique_ptr<compiler::SampleSource> all_;
  std::size_t count_;
};

formats::SampleOptions sample_options(const std::vector<Port>& ports, ImageOptions image) {
  formats::SampleOptions options;
  if (ports.size() == 1 && ports[0].type.shape.size() == 4) image.channels = static_cast<int>(ports[0].type.shape[1]);
  options.image = std::move(image);
  for (const Port& port : ports) options.inputs.push_back(port.type);
  return options;
}

// Several files: one input each.
Result<compiler::Sample> read_one_by_one(const std::vector<std::string>& files, const std::vector<Port>& ports) {
  compiler::Sample inputs;
  for (std::size_t i = 0; i < files.size(); ++i) {
    CORTADO_TRY(const formats::NamedTensors tensors, formats::read_tensor_file(files[i]));
    if (tensors.size() != 1)
      return input_error(files[i] + ": holds " + std::to_string(tensors.size()) + " tensors instead of one input");
    auto input = formats::fit(tensors[0].tensor, ports[i].type, 0);
    if (!input) return std::move(input).error().in(files[i] + ": input '" + ports[i].name + "'");
    inputs.push_back(std::move(input).value());
  }
  return inputs;
}

}  // namespace

std::vector<Port> ports_of(const ir::Graph& graph) {
  std::vector<Port> ports;
  for (const ir::Value* input : graph.inputs) ports.push_back({input->name, input->type});
  return ports;
}

std::unique_ptr<compiler::SampleSource> first_samples(std::unique_ptr<compiler::SampleSource> all, std::size_t count) {
  if (all->size() <= count) return all;
  return std::make_unique<FirstSamples>(std::move(all), count);
}

Result<std::unique_ptr<compiler::SampleSource>> open_samples(const std::vector<std::string>& paths,
                                                             const std::vector<Port>& ports,
                                                             const ImageOptions& image) {
  CORTADO_TRY(auto files, formats::SampleFiles::open({paths.begin(), paths.end()}, sample_options(ports, image)));
  return std::unique_ptr<compiler::SampleSource>(std::make_unique<FileSamples>(std::move(files)));
}

Result<compiler::Sample> read_inputs(const std::vector<std::string>& files, const std::vector<Port>& ports,
                                     const ImageOptions& image) {
  if (files.empty() && !ports.empty())
    return usage_error("there are " + std::to_string(ports.size()) + " inputs: --input is missing");
  if (ports.empty()) return compiler::Sample();
  if (files.size() > 1 && files.size() == ports.size()) return read_one_by_one(files, ports);
  CORTADO_TRY(const auto samples, open_samples(files, ports, image));
  if (samples->size() != 1)
    return input_error("--input gives " + std::to_string(samples->size()) + " samples, and one is run");
  return samples->sample(0);
}

}  // namespace cortado::tools
