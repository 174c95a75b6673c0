// 64-bit integers as doubles. Host and target, C++17.
#pragma once

#include <cstdint>

namespace cortado {

// As static_cast<double>, rounded once. Units with doubles have no instruction for it, but the C library's function
// works without the unit and takes a kilobyte.
inline double to_double(std::int64_t value) {
#if defined(__ARM_FP) && (__ARM_FP & 8)
  return static_cast<double>(static_cast<std::int32_t>(value >> 32)) * 4294967296.0 +
         static_cast<double>(static_cast<std::uint32_t>(value));
#else
  return static_cast<double>(value);
#endif
}

}  // namespace cortado
