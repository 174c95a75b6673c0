// Files that are there whole or not at all. Host.
#pragma once

#include <cstdint>
#include <filesystem>
#include <span>
#include <vector>

#include "support/result.h"

namespace cortado {

// Writes to a temporary file beside `path`, flushes it to the disk and renames it. On any error (no such folder, a
// folder in its place, disk full) the former file, if any, is untouched, and nothing is left behind.
Status write_file_atomically(const std::filesystem::path& path, std::span<const std::uint8_t> bytes);

// The whole file; an input error that says why it cannot be read. Files above `limit_bytes` are refused.
Result<std::vector<std::uint8_t>> read_file(const std::filesystem::path& path,
                                            std::uint64_t limit_bytes = std::uint64_t{1} << 32);

}  // namespace cortado
