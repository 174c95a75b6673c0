// Hugging Face's safetensors: a length, a JSON header, the tensors' bytes.
#pragma once

#include <cstdint>
#include <filesystem>
#include <span>

#include "formats/tensors/named_tensor.h"

namespace cortado::formats {

// In the order of their data. Errors: damaged, an element type that the compiler has not, offsets outside the file.
Result<NamedTensors> read_safetensors(const std::filesystem::path& path);
Result<NamedTensors> parse_safetensors(std::span<const std::uint8_t> bytes);

}  // namespace cortado::formats
