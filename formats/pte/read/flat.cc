#include "formats/pte/read/flat.h"

namespace cortado::pte {

static_assert(__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__, "programs are little endian and read in place");

void Table::open() {
  Buffer& buffer = *buffer_;
  if (buffer.damaged() || position_ == 0 || !buffer.holds(position_, 4)) {
    position_ = 0;
    return;
  }
  // Modulo 2^32: the vtable may lie before or behind its table.
  const std::uint32_t vtable = position_ - buffer.load<std::uint32_t>(position_);
  if (buffer.holds(vtable, 4)) {
    const std::uint16_t vtable_bytes = buffer.load<std::uint16_t>(vtable);
    const std::uint16_t table_bytes = buffer.load<std::uint16_t>(vtable + 2);
    if (vtable_bytes >= 4 && table_bytes >= 4 && buffer.holds(vtable, vtable_bytes) && buffer.holds(position_, table_bytes)) {
      vtable_ = vtable;
      vtable_bytes_ = vtable_bytes;
      table_bytes_ = table_bytes;
      return;
    }
  }
  buffer.damage();
  position_ = 0;
}

std::uint32_t Table::open_vector(std::uint32_t at, std::uint32_t element_bytes, std::uint32_t& count) const {
  Buffer& buffer = *buffer_;
  const std::uint32_t position = buffer.follow(at);
  if (position == 0 || !buffer.holds(position, 4)) return 0;
  const std::uint32_t begin = position + 4;
  const std::uint32_t length = buffer.load<std::uint32_t>(position);
  if (length == 0) return 0;  // an empty vector need not be aligned
  if (length > (buffer.size_bytes() - begin) / element_bytes || begin % element_bytes != 0) {
    buffer.damage();
    return 0;
  }
  count = length;
  return begin;
}

}  // namespace cortado::pte
