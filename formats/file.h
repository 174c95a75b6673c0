// Whole files in and out, as support/atomic_file.h has them, under this layer's names.
#pragma once

#include "support/atomic_file.h"

namespace cortado::formats {

using cortado::read_file;

inline Status write_file(const std::filesystem::path& path, std::span<const std::uint8_t> bytes) {
  return write_file_atomically(path, bytes);
}

}  // namespace cortado::formats
