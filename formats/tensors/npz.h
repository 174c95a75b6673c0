// NumPy's .npz: a zip of .npy files.
#pragma once

#include <cstdint>
#include <filesystem>
#include <span>

#include "formats/tensors/named_tensor.h"

namespace cortado::formats {

// In the file's order; names without ".npy". Errors: as for zip and .npy, with the member's name.
Result<NamedTensors> read_npz(const std::filesystem::path& path);
Result<NamedTensors> parse_npz(std::span<const std::uint8_t> bytes);
// Stored, not deflated; the same tensors give the same bytes.
Status write_npz(const std::filesystem::path& path, const NamedTensors& tensors);

}  // namespace cortado::formats
