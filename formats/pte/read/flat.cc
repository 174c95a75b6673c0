#include "formats/pte/read/flat.h"

namespace cortado::pte {

static_assert(__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__, "programs are little endian and read in place");

void Table::open(Buffer& buffer, std::uint32_t position) {
  const std::uint32_t last = buffer.size_bytes() - 4;  // where four bytes still lie in the buffer
  if (position - 1 < last && position % 4 == 0 && !buffer.damaged()) {
    // Modulo 2^32: the vtable may lie before or behind its table.
    const std::uint32_t vtable = position - buffer.load<std::uint32_t>(position);
    if (vtable <= last && vtable % 2 == 0) {
      const std::uint32_t vtable_bytes = buffer.load<std::uint16_t>(vtable);
      const std::uint32_t table_bytes = buffer.load<std::uint16_t>(vtable + 2);
      if (vtable_bytes % 2 == 0 && vtable_bytes <= buffer.size_bytes() - vtable &&
          table_bytes <= buffer.size_bytes() - position) {
        buffer_ = &buffer;
        position_ = position;
        vtable_ = vtable;
        vtable_bytes_ = static_cast<std::uint16_t>(vtable_bytes);
        table_bytes_ = static_cast<std::uint16_t>(table_bytes);
        return;
      }
    }
  }
  buffer.damage();
}

const void* open_vector(Buffer& buffer, std::uint32_t at, unsigned log2_element_bytes, std::uint32_t& count) {
  if (at == 0) return nullptr;
  const std::uint32_t position = buffer.follow(at);
  if (position <= buffer.size_bytes() - 4 && position % 4 == 0) {
    const std::uint32_t begin = position + 4;
    const std::uint32_t length = buffer.load<std::uint32_t>(position);
    if (length == 0) return nullptr;  // an empty vector need not be aligned
    if (length <= (buffer.size_bytes() - begin) >> log2_element_bytes &&
        (begin & ((1u << log2_element_bytes) - 1)) == 0) {
      count = length;
      return buffer.at(begin);
    }
  }
  buffer.damage();
  return nullptr;
}

}  // namespace cortado::pte
