// Random damage to a file, the same for the same seed.
#pragma once

#include <algorithm>
#include <cstring>
#include <vector>

#include "ops/cases.h"

namespace cortado::testing {

// One to four changes: a bit, a byte, a 32-bit word set to a value that is likely to hurt, or the end cut off.
inline void corrupt(std::vector<std::uint8_t>& file, ops::Random& random) {
  constexpr std::uint32_t words[] = {0, 1, 2, 4, 0x7fffffff, 0x80000000, 0xffffffff, 0xfffffffc, 0x40000000, 0x10000};
  for (std::int32_t change = random.between(1, 4); change > 0 && file.size() > 8; --change) {
    const auto at = static_cast<std::size_t>(random.between(0, static_cast<std::int32_t>(file.size()) - 1));
    switch (random.between(0, 9)) {
      case 0: file.resize(at); break;
      case 1:
      case 2:
      case 3: file[at] = static_cast<std::uint8_t>(random.bits() >> 56); break;
      case 4:
      case 5:
      case 6: file[at] ^= static_cast<std::uint8_t>(1 << random.between(0, 7)); break;
      default: {
        const std::uint32_t word = words[random.between(0, 9)];
        const std::size_t aligned = at & ~std::size_t{3};
        std::memcpy(file.data() + aligned, &word, std::min(sizeof word, file.size() - aligned));
      }
    }
  }
}

}  // namespace cortado::testing
