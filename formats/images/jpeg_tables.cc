#include "formats/images/jpeg_tables.h"

#include <algorithm>
#include <numeric>

namespace cortado::formats {
namespace {

using Bytes = std::span<const std::uint8_t>;

enum Marker : std::uint8_t {
  stuffed = 0x00,  // an FF of the entropy-coded data
  temporary = 0x01,
  huffman_tables = 0xC4,
  first_restart = 0xD0,
  last_restart = 0xD7,
  start_of_image = 0xD8,
  end_of_image = 0xD9,
};

// Of markers with nothing behind them.
bool stands_alone(std::uint8_t marker) {
  return marker == stuffed || marker == temporary || (marker >= first_restart && marker <= start_of_image);
}

// Tables of a segment: a byte of class and place, 16 counts of codes by their length, a symbol for each code.
Status check_tables(Bytes segment) {
  constexpr std::size_t head = 17, most_codes = 256;
  while (!segment.empty()) {
    if (segment.size() < head) return input_error("has a Huffman table that is cut off");
    const std::size_t codes = std::accumulate(segment.begin() + 1, segment.begin() + head, std::size_t{0});
    if (codes > most_codes) return input_error("has a Huffman table of " + std::to_string(codes) + " codes");
    if (segment.size() < head + codes) return input_error("has a Huffman table that is cut off");
    segment = segment.subspan(head + codes);
  }
  return {};
}

}  // namespace

Status check_jpeg_tables(Bytes bytes) {
  if (bytes.empty() || bytes[0] != 0xFF) return {};
  for (std::size_t at = 0; at + 1 < bytes.size();) {
    // Between segments lies entropy-coded data, or nothing; several FF are as good as one.
    if (bytes[at] != 0xFF || bytes[at + 1] == 0xFF) {
      ++at;
      continue;
    }
    const std::uint8_t marker = bytes[at + 1];
    at += 2;
    if (marker == end_of_image) return {};
    if (stands_alone(marker)) continue;
    if (at + 2 > bytes.size()) return {};
    const std::size_t length = static_cast<std::size_t>(bytes[at]) << 8 | bytes[at + 1];
    const std::size_t end = std::min(bytes.size(), at + length);
    if (marker == huffman_tables && length > 2) CORTADO_CHECK(check_tables(bytes.subspan(at + 2, end - at - 2)));
    at = length < 2 ? at + 2 : end;
  }
  return {};
}

}  // namespace cortado::formats
