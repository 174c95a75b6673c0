// The data behind the flatbuffer: constants, first contents of mutable buffers, delegates' blobs. Host.
#pragma once

#include <string>
#include <vector>

#include "formats/pte/program.h"

namespace cortado::pte {

struct Segment {
  std::uint64_t offset_bytes = 0;  // from the position of the first segment
  Bytes data;
};

class Segments {
 public:
  explicit Segments(std::uint32_t alignment) : alignment_(alignment) {}

  // Appends a segment; its index.
  std::uint32_t add(Bytes data);
  // Appends one segment with all buffers, each at a multiple of `alignment`. `offsets` has entry 0, which no tensor
  // uses, then one per buffer.
  std::uint32_t add(const std::vector<Bytes>& buffers, std::uint32_t alignment, std::vector<std::uint64_t>& offsets);

  const std::vector<Segment>& all() const { return segments_; }
  std::uint64_t size_bytes() const {
    return segments_.empty() ? 0 : segments_.back().offset_bytes + segments_.back().data.size();
  }

 private:
  std::uint32_t alignment_;
  std::vector<Segment> segments_;
};

// value rounded up to a multiple of `alignment`, a power of two.
inline std::uint64_t aligned(std::uint64_t value, std::uint64_t alignment) {
  return (value + alignment - 1) & ~(alignment - 1);
}

}  // namespace cortado::pte
