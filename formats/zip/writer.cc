#include "formats/zip/writer.h"

#include <array>

namespace cortado::formats {
namespace {

template <class T>
void put(std::vector<std::uint8_t>& to, T value) {
  for (std::size_t i = 0; i < sizeof(T); ++i) to.push_back(static_cast<std::uint8_t>(value >> (8 * i)));
}

void put(std::vector<std::uint8_t>& to, const std::string& text) { to.insert(to.end(), text.begin(), text.end()); }

constexpr std::array<std::uint32_t, 256> crc_table() {
  std::array<std::uint32_t, 256> table{};
  for (std::uint32_t byte = 0; byte < 256; ++byte) {
    std::uint32_t value = byte;
    for (int bit = 0; bit < 8; ++bit) value = (value >> 1) ^ ((value & 1u) != 0 ? 0xedb88320u : 0u);
    table[byte] = value;
  }
  return table;
}

constexpr std::uint16_t version_needed = 20;
constexpr std::uint16_t date_1980_01_01 = 0x21;

// The fields that the local header and the directory have in common.
void put_common(std::vector<std::uint8_t>& to, std::uint32_t crc, std::uint32_t size, const std::string& name) {
  put(to, version_needed);
  put(to, std::uint16_t{0});  // flags
  put(to, std::uint16_t{0});  // stored
  put(to, std::uint16_t{0});  // time
  put(to, date_1980_01_01);
  put(to, crc);
  put(to, size);  // in the file
  put(to, size);  // of the content
  put(to, static_cast<std::uint16_t>(name.size()));
  put(to, std::uint16_t{0});  // extra fields
}

}  // namespace

std::uint32_t crc32(std::span<const std::uint8_t> bytes) {
  static constexpr auto table = crc_table();
  std::uint32_t crc = 0xffffffffu;
  for (const std::uint8_t byte : bytes) crc = table[(crc ^ byte) & 0xffu] ^ (crc >> 8);
  return ~crc;
}

Status ZipWriter::add(const std::string& name, std::span<const std::uint8_t> content) {
  constexpr std::uint64_t limit = 0xffffffffu;
  constexpr std::uint64_t header_bytes = 46 + 30;
  if (count_ == 0xffffu || name.size() > 0xffffu ||
      bytes_.size() + directory_.size() + content.size() + 2 * name.size() + header_bytes + 22 > limit)
    return input_error("the zip file would be larger than 4 GiB or have more than 65535 members");
  const auto offset = static_cast<std::uint32_t>(bytes_.size());
  const auto size = static_cast<std::uint32_t>(content.size());
  const std::uint32_t crc = crc32(content);
  put(bytes_, std::uint32_t{0x04034b50});
  put_common(bytes_, crc, size, name);
  put(bytes_, name);
  bytes_.insert(bytes_.end(), content.begin(), content.end());

  put(directory_, std::uint32_t{0x02014b50});
  put(directory_, version_needed);
  put_common(directory_, crc, size, name);
  put(directory_, std::uint16_t{0});  // comment
  put(directory_, std::uint16_t{0});  // disk
  put(directory_, std::uint16_t{0});  // internal attributes
  put(directory_, std::uint32_t{0});  // external attributes
  put(directory_, offset);
  put(directory_, name);
  ++count_;
  return {};
}

std::vector<std::uint8_t> ZipWriter::finish() {
  const auto start = static_cast<std::uint32_t>(bytes_.size());
  bytes_.insert(bytes_.end(), directory_.begin(), directory_.end());
  put(bytes_, std::uint32_t{0x06054b50});
  put(bytes_, std::uint16_t{0});  // this disk
  put(bytes_, std::uint16_t{0});  // the directory's disk
  put(bytes_, count_);
  put(bytes_, count_);
  put(bytes_, static_cast<std::uint32_t>(directory_.size()));
  put(bytes_, start);
  put(bytes_, std::uint16_t{0});  // comment
  directory_.clear();
  count_ = 0;
  return std::move(bytes_);
}

}  // namespace cortado::formats
