// Any tensor file, told by its extension.
#pragma once

#include <filesystem>

#include "formats/tensors/named_tensor.h"

namespace cortado::formats {

// .npy .npz .pt .pth .safetensors
bool is_tensor_file(const std::filesystem::path& path);

// All tensors of the file, in the file's order. Errors: another extension, and those of the format.
Result<NamedTensors> read_tensor_file(const std::filesystem::path& path);

}  // namespace cortado::formats
