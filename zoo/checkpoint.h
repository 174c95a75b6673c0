// Reads the parameters of a built-in model from a file.
#pragma once

#include <filesystem>
#include <optional>

#include "zoo/model.h"
#include "zoo/weights.h"

namespace cortado::zoo {

// A state dict in either of torch's forms (.pth, .pt), an .npz or .safetensors with the parameters' names. What
// training scripts wrap it in is taken off: an entry "state_dict" beside others, "module." of DataParallel before every
// name. Input errors name the file. Nothing in it is executed.
Result<Weights> read_checkpoint(const std::filesystem::path& file);

// The folder where torch.hub, and so torchvision, keeps what it downloads: TORCH_HOME, XDG_CACHE_HOME and HOME tell.
std::filesystem::path hub_folder();

// The model's trained weights in hub_folder(), if they are there.
std::optional<std::filesystem::path> cached_checkpoint(const Model& model);

}  // namespace cortado::zoo
