// Random damage to a file's bytes, the same in every run.
#pragma once

#include <algorithm>
#include <cstdint>
#include <random>
#include <vector>

namespace cortado::testing {

class RandomDamage {
 public:
  explicit RandomDamage(std::vector<std::uint8_t> original, std::uint32_t seed = 1)
      : original_(std::move(original)), random_(seed) {}

  // One to four changes: a bit, a byte, a run overwritten, removed or repeated, an end cut off.
  std::vector<std::uint8_t> next() {
    std::vector<std::uint8_t> bytes = original_;
    for (std::uint32_t change = 0, changes = 1 + below(4); change < changes && !bytes.empty(); ++change) damage(bytes);
    return bytes;
  }

  std::uint32_t below(std::size_t limit) { return static_cast<std::uint32_t>(random_() % limit); }

 private:
  void damage(std::vector<std::uint8_t>& bytes) {
    const std::size_t at = below(bytes.size());
    const auto position = bytes.begin() + static_cast<std::ptrdiff_t>(at);
    const std::size_t run = std::min<std::size_t>(1 + below(16), bytes.size() - at);
    const auto end = position + static_cast<std::ptrdiff_t>(run);
    constexpr std::uint8_t interesting[] = {0, 1, 0x7f, 0x80, 0xff};
    switch (below(7)) {
      case 0: *position ^= static_cast<std::uint8_t>(1u << below(8)); break;
      case 1: *position = static_cast<std::uint8_t>(random_()); break;
      case 2: *position = interesting[below(5)]; break;
      case 3: std::fill(position, end, interesting[below(5)]); break;
      case 4: bytes.erase(position, end); break;
      case 5: {
        const std::vector<std::uint8_t> copy(position, end);
        bytes.insert(position, copy.begin(), copy.end());
        break;
      }
      default: bytes.resize(at);
    }
  }

  std::vector<std::uint8_t> original_;
  std::mt19937 random_;
};

}  // namespace cortado::testing
