// Files of the host as this layer needs them. Host.
#pragma once

#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>

#include "support/result.h"

namespace cortado::boards {

Result<std::string> read_text(const std::filesystem::path& file);
Status write_bytes(const std::filesystem::path& file, std::span<const std::uint8_t> bytes);
Status write_text(const std::filesystem::path& file, std::string_view text);

// A new folder that is gone, with all that is in it, when this object is.
class TemporaryFolder {
 public:
  static Result<TemporaryFolder> create();
  TemporaryFolder(TemporaryFolder&& other) noexcept : path_(std::exchange(other.path_, {})) {}
  TemporaryFolder& operator=(TemporaryFolder&&) = delete;
  ~TemporaryFolder();
  const std::filesystem::path& path() const { return path_; }

 private:
  explicit TemporaryFolder(std::filesystem::path path) : path_(std::move(path)) {}
  std::filesystem::path path_;
};

// FNV-1a, 64 bits: names what is in the cache by its content.
class Hash {
 public:
  Hash& add(std::string_view bytes) {
    for (const char byte : bytes) value_ = (value_ ^ static_cast<std::uint8_t>(byte)) * 0x100000001B3u;
    value_ = (value_ ^ 0xFF) * 0x100000001B3u;  // so that "ab","c" is not "a","bc"
    return *this;
  }
  std::string text() const;  // 16 hexadecimal digits

 private:
  std::uint64_t value_ = 0xCBF29CE484222325u;
};

}  // namespace cortado::boards
