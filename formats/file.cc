#include "formats/file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <memory>
#include <string>

namespace cortado::formats {
namespace {

class Descriptor {
 public:
  explicit Descriptor(int fd) : fd_(fd) {}
  ~Descriptor() { close(); }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  int get() const { return fd_; }
  bool close() {
    const int fd = fd_;
    fd_ = -1;
    return fd < 0 || ::close(fd) == 0;
  }

 private:
  int fd_;
};

Diagnostic file_error(const std::filesystem::path& path, const char* what) {
  return input_error(path.string() + ": " + what + ": " + std::strerror(errno));
}

bool write_all(int fd, std::span<const std::uint8_t> bytes) {
  while (!bytes.empty()) {
    const ssize_t written = ::write(fd, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return false;
    bytes = bytes.subspan(static_cast<std::size_t>(written));
  }
  return true;
}

// The permissions that a newly created file gets.
mode_t creation_mode() {
  const mode_t mask = ::umask(0);
  ::umask(mask);
  return 0666 & ~mask;
}

}  // namespace

Result<std::vector<std::uint8_t>> read_file(const std::filesystem::path& path, std::size_t limit_bytes) {
  Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (file.get() < 0) return file_error(path, "cannot be opened");
  struct stat status;
  if (::fstat(file.get(), &status) != 0) return file_error(path, "cannot be read");
  if (S_ISDIR(status.st_mode)) return input_error(path.string() + ": is a folder, not a file");
  std::vector<std::uint8_t> bytes;
  if (S_ISREG(status.st_mode)) {
    if (static_cast<std::uint64_t>(status.st_size) > limit_bytes)
      return input_error(path.string() + ": is larger than " + std::to_string(limit_bytes) + " bytes");
    bytes.reserve(static_cast<std::size_t>(status.st_size));
  }
  std::size_t filled = 0;
  while (true) {
    constexpr std::size_t step = std::size_t{1} << 16;
    bytes.resize(bytes.capacity() > filled ? bytes.capacity() : filled + step);
    const ssize_t got = ::read(file.get(), bytes.data() + filled, bytes.size() - filled);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return file_error(path, "cannot be read");
    filled += static_cast<std::size_t>(got);
    if (got == 0) break;
    if (filled > limit_bytes)
      return input_error(path.string() + ": is larger than " + std::to_string(limit_bytes) + " bytes");
  }
  bytes.resize(filled);
  return bytes;
}

Status write_file(const std::filesystem::path& path, std::span<const std::uint8_t> bytes) {
  if (std::error_code error; std::filesystem::is_directory(path, error))
    return input_error(path.string() + ": is a folder, not a file");
  std::string temporary = path.string() + ".XXXXXX";
  Descriptor file(::mkstemp(temporary.data()));
  if (file.get() < 0) return file_error(path, "cannot be written");
  const bool written = write_all(file.get(), bytes) && ::fchmod(file.get(), creation_mode()) == 0 && file.close() &&
                       ::rename(temporary.c_str(), path.c_str()) == 0;
  if (written) return {};
  const Diagnostic error = file_error(path, "cannot be written");
  ::unlink(temporary.c_str());
  return error;
}

}  // namespace cortado::formats
