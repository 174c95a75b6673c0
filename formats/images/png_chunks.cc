#include "formats/images/png_chunks.h"

#include <algorithm>
#include <string_view>

namespace cortado::formats {

Status check_png_chunks(std::span<const std::uint8_t> bytes) {
  constexpr std::uint8_t signature[] = {0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'};
  constexpr std::size_t head = 8, checksum = 4;  // length and type
  if (!std::equal(std::begin(signature), std::end(signature), bytes.begin(),
                  bytes.begin() + static_cast<std::ptrdiff_t>(std::min(bytes.size(), std::size(signature)))))
    return {};
  for (bytes = bytes.subspan(std::size(signature)); bytes.size() >= head;) {
    std::uint64_t length = 0;
    for (std::size_t i = 0; i < 4; ++i) length = length << 8 | bytes[i];
    const std::string_view type(reinterpret_cast<const char*>(bytes.data()) + 4, 4);
    if (length > bytes.size() - head)
      return input_error("has a chunk of " + std::to_string(length) + " bytes where " +
                         std::to_string(bytes.size() - head) + " are left: it is cut off or damaged");
    if (type == "IEND") return {};
    bytes = bytes.subspan(std::min(bytes.size(), head + static_cast<std::size_t>(length) + checksum));
  }
  return {};
}

}  // namespace cortado::formats
