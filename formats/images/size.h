// What an image may claim about its size, before memory is asked for.
#pragma once

#include <cstddef>
#include <cstdint>

#include "support/result.h"

namespace cortado::formats {

// `bytes`: of the whole file. Errors: more than 2^26 pixels, 2^15 in a row or column, or what `bytes` could
// hold.
Status check_image_size(std::uint64_t width, std::uint64_t height, std::size_t bytes);

}  // namespace cortado::formats
