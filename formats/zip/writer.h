// Zip files with stored members, the same bytes for the same content.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "support/result.h"

namespace cortado::formats {

class ZipWriter {
 public:
  // Errors: more than 65535 members or 2^32 bytes, which would need the zip64 extension.
  Status add(const std::string& name, std::span<const std::uint8_t> content);
  // The finished file.
  std::vector<std::uint8_t> finish();

 private:
  std::vector<std::uint8_t> bytes_;
  std::vector<std::uint8_t> directory_;
  std::uint16_t count_ = 0;
};

// CRC-32 as in zip, gzip and PNG.
std::uint32_t crc32(std::span<const std::uint8_t> bytes);

}  // namespace cortado::formats
