#include "support/atomic_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <string>

namespace cortado {
namespace {

Diagnostic failed(const std::string& what, const std::filesystem::path& path, int error) {
  std::string hint;
  if (error == ENOSPC || error == EDQUOT) hint = "free space on the disk, or write elsewhere";
  if (error == ENOENT || error == ENOTDIR) hint = "the folder must exist: " + path.parent_path().string();
  if (error == EISDIR) hint = "give a file name inside the folder";
  return input_error("cannot " + what + " " + path.string() + ": " + std::strerror(error), std::move(hint));
}

// All bytes or errno.
int write_all(int file, std::span<const std::uint8_t> bytes) {
  while (!bytes.empty()) {
    const ssize_t count = ::write(file, bytes.data(), std::min(bytes.size(), std::size_t{1} << 30));
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return errno;
    bytes = bytes.subspan(static_cast<std::size_t>(count));
  }
  return 0;
}

// Pipes and devices cannot be renamed to: they are written directly.
Status write_directly(const std::filesystem::path& path, std::span<const std::uint8_t> bytes) {
  const int file = ::open(path.c_str(), O_WRONLY | O_CLOEXEC);
  if (file < 0) return failed("write", path, errno);
  int error = write_all(file, bytes);
  if (::close(file) != 0 && error == 0) error = errno;
  if (error != 0) return failed("write", path, error);
  return {};
}

// Writes, gives the usual permissions, flushes and closes; 0 or errno.
int finish(int file, std::span<const std::uint8_t> bytes) {
  int error = write_all(file, bytes);
  const mode_t mask = ::umask(0);
  ::umask(mask);
  if (error == 0 && ::fchmod(file, 0666 & ~mask) != 0) error = errno;
  if (error == 0 && ::fsync(file) != 0) error = errno;
  if (::close(file) != 0 && error == 0) error = errno;
  return error;
}

}  // namespace

Status write_file_atomically(const std::filesystem::path& path, std::span<const std::uint8_t> bytes) {
  std::error_code ignored;
  std::filesystem::path target = path;
  const auto status = std::filesystem::status(path, ignored);
  if (std::filesystem::is_directory(status)) return failed("write", path, EISDIR);
  if (std::filesystem::exists(status)) {
    if (!std::filesystem::is_regular_file(status)) return write_directly(path, bytes);
    const auto resolved = std::filesystem::canonical(path, ignored);  // keeps a symbolic link a link
    if (!ignored) target = resolved;
  }
  std::string temporary = target.filename().string();
  temporary = (target.parent_path() / temporary.insert(0, 1, '.').append(".XXXXXX")).string();
  const int file = ::mkstemp(temporary.data());
  if (file < 0) return failed("write", path, errno);
  int error = finish(file, bytes);
  if (error == 0 && ::rename(temporary.c_str(), target.c_str()) != 0) error = errno;
  if (error == 0) return {};
  ::unlink(temporary.c_str());
  return failed("write", path, error);
}

Result<std::vector<std::uint8_t>> read_file(const std::filesystem::path& path, std::uint64_t limit_bytes) {
  const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (file < 0) return failed("read", path, errno);
  struct stat information{};
  int error = ::fstat(file, &information) != 0 ? errno : 0;
  if (error == 0 && S_ISDIR(information.st_mode)) error = EISDIR;
  std::vector<std::uint8_t> bytes;
  bytes.reserve(error == 0 && information.st_size > 0 && static_cast<std::uint64_t>(information.st_size) <= limit_bytes
                    ? static_cast<std::size_t>(information.st_size) + 1
                    : 0);
  while (error == 0 && bytes.size() <= limit_bytes) {
    constexpr std::size_t step = std::size_t{1} << 16;
    const std::size_t begin = bytes.size();
    bytes.resize(bytes.capacity() > begin ? bytes.capacity() : begin + step);
    const ssize_t count = ::read(file, bytes.data() + begin, bytes.size() - begin);
    if (count < 0 && errno != EINTR) error = errno;
    bytes.resize(begin + static_cast<std::size_t>(count > 0 ? count : 0));
    if (count == 0) break;
  }
  ::close(file);
  if (bytes.size() > limit_bytes)
    return input_error("cannot read " + path.string() + ": it has more than " + std::to_string(limit_bytes) + " bytes");
  if (error != 0) return failed("read", path, error);
  return bytes;
}

}  // namespace cortado
