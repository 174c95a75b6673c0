// Guards the JPEG decoder: stb_image writes past its table when a Huffman table has more than 256 codes.
#pragma once

#include <cstdint>
#include <span>

#include "support/result.h"

namespace cortado::formats {

// Whether every Huffman table that a decoder may come to (segments DHT, up to the end of the image) has at most 256
// codes and lies within its segment. Anything that is no JPEG, or no segment, passes: the decoder tells.
Status check_jpeg_tables(std::span<const std::uint8_t> bytes);

}  // namespace cortado::formats
