// Quick access to the tables that a program has by the hundred. Host and target, C++17, no heap.
//
// Tables of one kind share few vtables. A KnownTables resolves and checks a vtable's fields once and remembers the
// result, so that opening the next table with it costs two comparisons, and reading a field none.
#pragma once

#include "formats/pte/read/flat.h"

namespace cortado::pte {

struct FieldSize {
  std::uint8_t id;
  std::uint8_t size_bytes;  // 1, 2, 4 or 8; references have 4
};

// An open table: fields by their place in the list that it was opened with. Valid until the same KnownTables opens
// another one.
class TableView {
 public:
  TableView() = default;
  TableView(const Buffer& buffer, std::uint32_t position, const std::uint16_t* offsets)
      : buffer_(&buffer), position_(position), offsets_(offsets) {}

  explicit operator bool() const { return offsets_ != nullptr; }
  bool has(unsigned i) const { return offsets_[i] != 0; }
  template <class T>
  T scalar(unsigned i, T absent = T{}) const {
    return has(i) ? buffer_->load < T, sizeof(T) == 8 ? 4 : sizeof(T) > (position_ + offsets_[i]) : absent;
  }
  // Where the reference in field i lies; 0 when absent.
  std::uint32_t reference(unsigned i) const { return has(i) ? position_ + offsets_[i] : 0; }

 private:
  const Buffer* buffer_ = nullptr;
  std::uint32_t position_ = 0;
  const std::uint16_t* offsets_ = nullptr;  // 0: absent
};

template <unsigned count>
class KnownTables {
 public:
  // The table at `position`, which may be anything; false when damaged.
  // In line even where code is made small: it is short, and loading spends a third of its time here.
  __attribute__((always_inline)) TableView open(Buffer& buffer, std::uint32_t position,
                                                const FieldSize (&fields)[count]) {
    if (position - 1 < buffer.size_bytes() - 4 && position % 4 == 0) {
      const std::uint32_t vtable = position - buffer.load<std::uint32_t>(position);
      Entry& entry = entries_[vtable / 2 % entry_count];
      if (entry.vtable != vtable) resolve(buffer, position, fields, vtable, entry);
      if (entry.table_bytes <= buffer.size_bytes() - position && !buffer.damaged())
        return {buffer, position, entry.offsets};
    }
    buffer.damage();
    return {};
  }

 private:
  static constexpr unsigned entry_count = 4;
  struct Entry {
    std::uint32_t vtable = 1;  // none is odd
    std::uint32_t table_bytes = 0;
    std::uint16_t offsets[count] = {};
  };

  __attribute__((noinline)) static void resolve(Buffer& buffer, std::uint32_t position,
                                                const FieldSize (&fields)[count], std::uint32_t vtable, Entry& entry) {
    const Table table(buffer, position);
    entry.vtable = table ? vtable : 1;
    entry.table_bytes = table.size_bytes();
    for (unsigned i = 0; i < count; ++i) {
      const std::uint32_t at = table.find(fields[i].id, fields[i].size_bytes, 4);
      entry.offsets[i] = static_cast<std::uint16_t>(at == 0 ? 0 : at - position);
    }
  }

  Entry entries_[entry_count];
};

}  // namespace cortado::pte
