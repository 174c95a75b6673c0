// Reads the parameters of a built-in model from a file.
#pragma once

#include <filesystem>

#include "zoo/weights.h"

namespace cortado::zoo {

// A state dict in either of torch's forms (.pth, .pt), or an .npz with the parameters' names. Input errors name the
// file. Nothing in it is executed.
Result<Weights> read_checkpoint(const std::filesystem::path& file);

}  // namespace cortado::zoo
