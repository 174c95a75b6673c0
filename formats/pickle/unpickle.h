// The restricted pickle reader. It runs nothing: names in the pickle are compared with a list and stand for plain data.
#pragma once

#include <cstdint>
#include <span>

#include "formats/pickle/value.h"
#include "support/result.h"

namespace cortado::formats {

// Reads one pickle from the front of `bytes` and removes it from there; protocols 1 to 5.
// Errors: a name outside the list (formats/pickle/globals.h), an opcode that the format's writers do not use for
// plain data, damage, or more than 2^22 values.
Result<Pickle> unpickle(std::span<const std::uint8_t>& bytes);

}  // namespace cortado::formats
