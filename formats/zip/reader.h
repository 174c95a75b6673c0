// Members of a zip file, stored or deflated, with their checksums verified.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "support/result.h"

namespace cortado::formats {

class ZipReader {
 public:
  // Errors: no such file, not a zip or a truncated one, no members at all, more than 2^20 members.
  static Result<ZipReader> open(const std::filesystem::path& path);
  // The same for a zip within `bytes`, which must outlive the reader.
  static Result<ZipReader> open(std::span<const std::uint8_t> bytes);

  // Member names in the order of the directory; folders are left out.
  const std::vector<std::string>& names() const { return names_; }
  bool contains(std::string_view name) const;

  // The whole member. Errors: missing, damaged (checksum), unknown compression, or a size that cannot be true.
  Result<std::vector<std::uint8_t>> read(std::string_view name) const;
  Result<std::string> read_text(std::string_view name) const;

 private:
  struct Closer {
    void operator()(void* archive) const;
  };
  static Result<ZipReader> index(std::unique_ptr<void, Closer> archive);
  template <class Container>
  Result<Container> read_as(std::string_view name) const;

  std::unique_ptr<void, Closer> archive_;
  std::vector<std::string> names_;
};

}  // namespace cortado::formats
