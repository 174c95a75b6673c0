// Tensors of PyTorch's .pt and .pth, zip form and older form, through the restricted pickle reader.
#pragma once

#include <cstdint>
#include <filesystem>
#include <span>

#include "formats/tensors/named_tensor.h"

namespace cortado::formats {

// A tensor, or any nesting of lists, tuples and dictionaries of tensors, depth first. Names are the path into the
// containers: "" (a lone tensor), "0", "state_dict.conv.weight". Entries that are no tensors (numbers, strings, None)
// are passed over. Errors: no PyTorch file, an object that the restricted reader refuses, no tensor at all.
Result<NamedTensors> read_torch_file(const std::filesystem::path& path);
Result<NamedTensors> parse_torch_file(std::span<const std::uint8_t> bytes);

}  // namespace cortado::formats
