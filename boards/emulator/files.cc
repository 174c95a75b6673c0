#include "boards/emulator/files.h"

#include <fmt/format.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <sstream>

namespace cortado::boards {

namespace fs = std::filesystem;

Result<std::string> read_text(const fs::path& file) {
  std::ifstream stream(file, std::ios::binary);
  std::ostringstream text;
  text << stream.rdbuf();
  if (!stream.is_open() || stream.bad()) return input_error(fmt::format("cannot read {}", file.string()));
  return std::move(text).str();
}

Status write_bytes(const fs::path& file, std::span<const std::uint8_t> bytes) {
  return write_text(file, {reinterpret_cast<const char*>(bytes.data()), bytes.size()});
}

Status write_text(const fs::path& file, std::string_view text) {
  std::ofstream stream(file, std::ios::binary | std::ios::trunc);
  stream.write(text.data(), static_cast<std::streamsize>(text.size()));
  stream.close();
  if (!stream) return input_error(fmt::format("cannot write {}: {}", file.string(), std::strerror(errno)));
  return {};
}

Result<TemporaryFolder> TemporaryFolder::create() {
  std::error_code error;
  fs::path parent = fs::temp_directory_path(error);
  if (error) parent = "/tmp";
  std::string name = (parent / "cortado-XXXXXX").string();
  if (mkdtemp(name.data()) == nullptr)
    return input_error(fmt::format("cannot make a temporary folder {}: {}", name, std::strerror(errno)),
                       "TMPDIR says where it goes");
  return TemporaryFolder(name);
}

TemporaryFolder::~TemporaryFolder() {
  std::error_code ignored;
  if (!path_.empty()) fs::remove_all(path_, ignored);
}

std::string Hash::text() const { return fmt::format("{:016x}", value_); }

}  // namespace cortado::boards
