// Whole files in and out. Writing leaves either the complete file or none.
#pragma once

#include <cstdint>
#include <filesystem>
#include <span>
#include <vector>

#include "support/result.h"

namespace cortado::formats {

// Errors: missing, a folder, unreadable, larger than `limit_bytes`.
Result<std::vector<std::uint8_t>> read_file(const std::filesystem::path& path, std::size_t limit_bytes = std::size_t{1} << 33);

// Writes a temporary file in the same folder and renames it. Errors: the folder is missing or no folder, no permission,
// no space; the temporary file is then removed and an older file of that name is left as it was.
Status write_file(const std::filesystem::path& path, std::span<const std::uint8_t> bytes);

}  // namespace cortado::formats
