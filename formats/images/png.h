// PNG, by libpng.
#pragma once

#include <cstdint>
#include <span>

#include "ir/tensor.h"

namespace cortado::formats {

bool is_png(std::span<const std::uint8_t> bytes);

// u8 [height, width, 3]: grey and palettes become RGB, of 16 bits the upper 8 count, transparency and gamma are
// ignored.
Result<ir::Tensor> decode_png(std::span<const std::uint8_t> bytes);

}  // namespace cortado::formats
