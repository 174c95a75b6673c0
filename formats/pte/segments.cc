#include "formats/pte/segments.h"

namespace cortado::pte {

std::uint32_t Segments::add(Bytes data) {
  segments_.push_back({aligned(size_bytes(), alignment_), std::move(data)});
  return static_cast<std::uint32_t>(segments_.size() - 1);
}

std::uint32_t Segments::add(const std::vector<Bytes>& buffers, std::uint32_t alignment,
                            std::vector<std::uint64_t>& offsets) {
  Bytes data;
  offsets = {0};
  for (const Bytes& buffer : buffers) {
    data.resize(aligned(data.size(), alignment));
    offsets.push_back(data.size());
    data.insert(data.end(), buffer.begin(), buffer.end());
  }
  return add(std::move(data));
}

}  // namespace cortado::pte
