// JPEG, by libjpeg: the same pixels as Pillow's.
#pragma once

#include <cstdint>
#include <span>

#include "ir/tensor.h"

namespace cortado::formats {

bool is_jpeg(std::span<const std::uint8_t> bytes);

// u8 [height, width, 3]: grey and CMYK become RGB; the orientation that a camera noted is ignored. A file whose data is
// cut off or broken is an error, one with needless bytes between its segments is not.
Result<ir::Tensor> decode_jpeg(std::span<const std::uint8_t> bytes);

}  // namespace cortado::formats
