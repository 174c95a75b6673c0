#include "zoo/checkpoint.h"

#include <algorithm>
#include <cstdlib>

#include "formats/tensors/tensor_file.h"

namespace cortado::zoo {
namespace {

using Path = std::filesystem::path;

// Those that begin with `prefix`, without it.
formats::NamedTensors below(const formats::NamedTensors& tensors, const std::string& prefix) {
  formats::NamedTensors found;
  for (const auto& entry : tensors)
    if (entry.name.starts_with(prefix)) found.push_back({entry.name.substr(prefix.size()), entry.tensor});
  return found;
}

formats::NamedTensors unwrapped(formats::NamedTensors tensors) {
  for (const char* wrapping : {"state_dict.", "model_state_dict."})
    if (auto inside = below(tensors, wrapping); !inside.empty()) tensors = std::move(inside);
  if (auto inside = below(tensors, "module."); inside.size() == tensors.size()) tensors = std::move(inside);
  return tensors;
}

Path from_environment(const char* variable, const Path& otherwise) {
  const char* value = std::getenv(variable);
  return value != nullptr && *value != '\0' ? Path(value) : otherwise;
}

}  // namespace

Result<Weights> read_checkpoint(const Path& file) {
  CORTADO_TRY(formats::NamedTensors tensors, formats::read_tensor_file(file));
  std::map<std::string, ir::Tensor> by_name;
  for (auto& entry : unwrapped(std::move(tensors))) by_name.emplace(std::move(entry.name), std::move(entry.tensor));
  return Weights(file.string(), std::move(by_name));
}

Path hub_folder() {
  const Path cache = from_environment("XDG_CACHE_HOME", from_environment("HOME", "~") / ".cache");
  return from_environment("TORCH_HOME", cache / "torch") / "hub" / "checkpoints";
}

std::optional<Path> cached_checkpoint(const Model& model) {
  for (const std::string_view name : model.checkpoints) {
    std::error_code ignored;
    if (const Path file = hub_folder() / name; std::filesystem::is_regular_file(file, ignored)) return file;
  }
  return std::nullopt;
}

}  // namespace cortado::zoo
