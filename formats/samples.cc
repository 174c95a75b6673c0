#include "formats/samples.h"

#include <algorithm>

#include "formats/fit.h"
#include "formats/tensors/tensor_file.h"

namespace cortado::formats {
namespace {

namespace fs = std::filesystem;

bool is_hidden(const fs::path& path) { return path.filename().string().front() == '.'; }

// The samples in a folder and those below, in the order of their paths.
Result<std::vector<fs::path>> files_of(const fs::path& folder) {
  std::vector<fs::path> files;
  std::error_code error;
  for (fs::recursive_directory_iterator it(folder, error), end; !error && it != end; it.increment(error)) {
    const fs::path& file = it->path();
    std::error_code ignored;
    if (is_hidden(file))
      it.disable_recursion_pending();
    else if (!it->is_directory(ignored) && (is_image_file(file) || is_tensor_file(file)))
      files.push_back(file);
  }
  if (error) return input_error(folder.string() + ": cannot be read: " + error.message());
  if (files.empty())
    return input_error(folder.string() + ": holds no samples",
                       "samples are images (.png, .jpg) and tensors (.npy, .npz, .pt, .pth, .safetensors)");
  std::sort(files.begin(), files.end());
  return files;
}

// Python numbers among a model's inputs are fixed when it is exported, and are none any more. Where they were saved
// along with the tensors they are left out.
NamedTensors without_numbers(NamedTensors tensors, std::size_t wanted) {
  if (wanted == 0 || tensors.size() <= wanted) return tensors;
  NamedTensors rest;
  for (const NamedTensor& entry : tensors)
    if (entry.tensor.rank() != 0) rest.push_back(entry);
  return rest.size() == wanted ? rest : tensors;
}

// `inputs`: how many the model has; 0: unknown.
Result<std::vector<NamedTensors>> read_groups(const fs::path& file, std::size_t inputs) {
  CORTADO_TRY(NamedTensors tensors, read_tensor_file(file));
  std::vector<NamedTensors> groups = group_samples(std::move(tensors));
  for (NamedTensors& group : groups) group = without_numbers(std::move(group), inputs);
  return groups;
}

}  // namespace

Result<SampleFiles> SampleFiles::open(const std::vector<fs::path>& paths, const SampleOptions& options) {
  SampleFiles samples;
  samples.options_ = options;
  for (const fs::path& path : paths) {
    std::error_code error;
    const fs::file_status status = fs::status(path, error);
    if (!fs::exists(status)) return input_error(path.string() + ": there is no such file or folder");
    std::vector<fs::path> files = {path};
    if (fs::is_directory(status)) {
      CORTADO_TRY(files, files_of(path));
    }
    for (const fs::path& file : files) CORTADO_CHECK(samples.add(file));
  }
  return samples;
}

Status SampleFiles::add(const fs::path& file) {
  if (is_image_file(file)) {
    entries_.push_back({file.filename().string(), file, nullptr, 0, 0});
    return {};
  }
  CORTADO_TRY(auto read, read_groups(file, options_.inputs.size()));
  const auto groups = std::make_shared<const std::vector<NamedTensors>>(std::move(read));
  const std::size_t before = entries_.size();
  for (std::size_t group = 0; group < groups->size(); ++group) CORTADO_CHECK(add_group(file, groups, group));
  if (entries_.size() == before + 1) {
    entries_.back().groups = nullptr;  // one sample: read again when needed
  } else {
    for (std::size_t i = before; i < entries_.size(); ++i) entries_[i].name += "[" + std::to_string(i - before) + "]";
  }
  return {};
}

Status SampleFiles::add_group(const fs::path& file, const std::shared_ptr<const std::vector<NamedTensors>>& groups,
                              std::size_t group) {
  std::int64_t count = 1;
  const NamedTensors& tensors = (*groups)[group];
  for (std::size_t i = 0; i < options_.inputs.size() && i < tensors.size(); ++i) {
    const std::int64_t here = stacked_samples(tensors[i].tensor.shape(), options_.inputs[i]);
    if (i > 0 && here != count)
      return input_error(
          file.string() + ": its tensors hold " + std::to_string(count) + " and " + std::to_string(here) + " samples",
          "every tensor of a file must hold as many samples");
    count = here;
  }
  if (auto first = fitted(tensors, 0); !first) return std::move(first).error().in(file.string());
  for (std::int64_t index = 0; index < count; ++index)
    entries_.push_back({file.filename().string(), file, groups, group, index});
  return {};
}

bool SampleFiles::begins_sequence(std::size_t i) const {
  if (i == 0) return true;
  const Entry &before = entries_[i - 1], &entry = entries_[i];
  if (entry.groups != nullptr || before.groups != nullptr) return entry.groups != before.groups;
  return entry.file.parent_path() != before.file.parent_path();
}

Result<std::vector<ir::Tensor>> SampleFiles::fitted(const NamedTensors& tensors, std::int64_t index) const {
  std::vector<ir::Tensor> sample;
  if (options_.inputs.empty()) {
    for (const NamedTensor& entry : tensors) sample.push_back(entry.tensor);
    return sample;
  }
  if (tensors.size() != options_.inputs.size())
    return input_error("holds " + std::to_string(tensors.size()) + " tensors; the model takes " +
                       std::to_string(options_.inputs.size()));
  for (std::size_t i = 0; i < tensors.size(); ++i) {
    auto tensor = fit(tensors[i].tensor, options_.inputs[i], index);
    if (!tensor)
      return std::move(tensor).error().in("input " + std::to_string(i) +
                                          (tensors[i].name.empty() ? "" : " ('" + tensors[i].name + "')"));
    sample.push_back(std::move(tensor).value());
  }
  return sample;
}

Result<std::vector<ir::Tensor>> SampleFiles::sample(std::size_t i) const {
  const Entry& entry = entries_[i];
  if (entry.groups != nullptr) return fitted((*entry.groups)[entry.group], entry.index);
  NamedTensors tensors;
  if (is_image_file(entry.file)) {
    CORTADO_TRY(ir::Tensor image, read_prepared_image(entry.file, options_.image));
    tensors.push_back({"", std::move(image)});
  } else {
    CORTADO_TRY(auto groups, read_groups(entry.file, options_.inputs.size()));
    if (entry.group >= groups.size()) return input_error(entry.file.string() + ": has changed while it was in use");
    tensors = std::move(groups[entry.group]);
  }
  auto sample = fitted(tensors, entry.index);
  if (!sample) return std::move(sample).error().in(entry.file.string());
  return sample;
}

}  // namespace cortado::formats
