#include <string.h>

#include "boards/target/board.h"
#include "boards/target/semihosting.h"

namespace cortado::board {
namespace {

constexpr std::uint32_t mode_read_binary = 1;
constexpr std::uint32_t mode_write_binary = 5;

std::int32_t output_handle = -1;

std::int32_t open(const char* path, std::uint32_t mode) {
  const std::uint32_t arguments[3] = {word(path), mode, static_cast<std::uint32_t>(strlen(path))};
  return semihost(Semihosting::open, arguments);
}

bool close(std::int32_t handle) {
  const std::uint32_t arguments[1] = {static_cast<std::uint32_t>(handle)};
  return semihost(Semihosting::close, arguments) == 0;
}

// Reading and writing give the number of bytes that were left over.
bool transfer(Semihosting operation, std::int32_t handle, const void* memory, std::size_t size_bytes) {
  if (size_bytes == 0) return true;
  const std::uint32_t arguments[3] = {static_cast<std::uint32_t>(handle), word(memory),
                                      static_cast<std::uint32_t>(size_bytes)};
  return semihost(operation, arguments) == 0;
}

}  // namespace

bool read_file(const char* path, void* to, std::size_t size_bytes) {
  const std::int32_t handle = open(path, mode_read_binary);
  if (handle < 0) return false;
  const std::uint32_t arguments[1] = {static_cast<std::uint32_t>(handle)};
  const bool same_size = semihost(Semihosting::file_length, arguments) == static_cast<std::int32_t>(size_bytes);
  const bool read = same_size && transfer(Semihosting::read, handle, to, size_bytes);
  return close(handle) && read;
}

bool open_output(const char* path) {
  output_handle = open(path, mode_write_binary);
  return output_handle >= 0;
}

bool write_output(const void* from, std::size_t size_bytes) {
  return transfer(Semihosting::write, output_handle, from, size_bytes);
}

bool write_output(const char* text) { return write_output(text, strlen(text)); }

bool write_output(std::uint64_t value) {
  char digits[20];
  char* at = digits + sizeof digits;
  do {
    *--at = static_cast<char>('0' + value % 10);
    value /= 10;
  } while (value != 0);
  return write_output(at, static_cast<std::size_t>(digits + sizeof digits - at));
}

bool close_output() { return close(output_handle); }

bool write_file(const char* path, const void* from, std::size_t size_bytes) {
  if (!open_output(path)) return false;
  const bool written = write_output(from, size_bytes);
  return close_output() && written;
}

}  // namespace cortado::board
