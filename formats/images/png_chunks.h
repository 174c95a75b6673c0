// Guards the PNG decoder: stb_image asks for as much memory as a chunk says it has, before it looks whether it is
// there.
#pragma once

#include <cstdint>
#include <span>

#include "support/result.h"

namespace cortado::formats {

// Whether every chunk up to IEND lies within the file. Anything that is no PNG passes: the decoder tells.
Status check_png_chunks(std::span<const std::uint8_t> bytes);

}  // namespace cortado::formats
