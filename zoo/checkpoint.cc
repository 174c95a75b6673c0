#include "zoo/checkpoint.h"

#include "formats/tensors/tensor_file.h"

namespace cortado::zoo {

Result<Weights> read_checkpoint(const std::filesystem::path& file) {
  CORTADO_TRY(formats::NamedTensors tensors, formats::read_tensor_file(file));
  std::map<std::string, ir::Tensor> by_name;
  for (auto& entry : tensors) by_name.emplace(std::move(entry.name), std::move(entry.tensor));
  return Weights(file.string(), std::move(by_name));
}

}  // namespace cortado::zoo
