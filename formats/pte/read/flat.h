// Checked access to FlatBuffers data. Host and target, C++17, no heap.
//
// The data need not be verified beforehand: every access is checked where it is made, so that bytes are looked at
// once and only where they matter. The first access outside the buffer, or to misaligned data, marks the buffer as
// damaged; from then on everything reads as absent, zero or empty. A reader asks damaged() before it relies on what it
// read. Nothing recurses and every loop is bounded by a vector that lies in the buffer.
//
// Layout (little endian): a table begins with the distance back to its vtable; the vtable holds its own size, the
// table's size, then for every field id the field's offset in the table, or 0 = absent. Tables, vectors and strings are
// referred to by distances forward. A reference that leads elsewhere in the buffer is not an error here: what is found
// there is checked like anything else.
#pragma once

#include <string.h>

#include <cstddef>
#include <cstdint>

namespace cortado::pte {

class Buffer {
 public:
  static constexpr std::uint32_t least_bytes = 8;

  Buffer() = default;
  // `data` is 16-aligned and has at least least_bytes. Only the first 2 GiB can be addressed.
  Buffer(const void* data, std::size_t size_bytes)
      : data_(static_cast<const std::uint8_t*>(data)),
        size_(size_bytes < 0x7fffffff ? static_cast<std::uint32_t>(size_bytes) : 0x7fffffff) {}

  bool damaged() const { return damaged_; }
  void damage() { damaged_ = true; }
  std::uint32_t size_bytes() const { return size_; }

  // `position` is a multiple of `alignment`, and the bytes lie in the buffer.
  template <class T, std::size_t alignment = sizeof(T)>
  T load(std::uint32_t position) const {
    T value;
    memcpy(&value, __builtin_assume_aligned(data_ + position, alignment), sizeof value);
    return value;
  }
  const std::uint8_t* at(std::uint32_t position) const { return data_ + position; }
  // Position of something that lies in the buffer.
  std::uint32_t position_of(const void* address) const {
    return static_cast<std::uint32_t>(static_cast<const std::uint8_t*>(address) - data_);
  }
  // Where the reference at `position`, which lies in the buffer, leads: unchecked.
  std::uint32_t follow(std::uint32_t position) const { return position + load<std::uint32_t>(position); }

 private:
  const std::uint8_t* data_ = nullptr;
  std::uint32_t size_ = 0;
  bool damaged_ = false;
};

// A vector of scalars, used in place.
template <class T>
struct Vector {
  const T* values = nullptr;  // aligned for T
  std::uint32_t count = 0;
  T operator[](std::uint32_t i) const { return values[i]; }
};

struct Text {
  const char* text = nullptr;  // not terminated
  std::uint32_t length = 0;
};

// The elements of the vector that the reference at `at` leads to (0: none), with proof that all are in the buffer; null
// when it is absent, empty or damaged.
const void* open_vector(Buffer& buffer, std::uint32_t at, unsigned log2_element_bytes, std::uint32_t& count);

template <class T>
Vector<T> read_vector(Buffer& buffer, std::uint32_t at) {
  static_assert(sizeof(T) == 1 || sizeof(T) == 2 || sizeof(T) == 4 || sizeof(T) == 8, "scalars");
  constexpr unsigned log2_bytes = sizeof(T) == 8 ? 3 : sizeof(T) / 2;
  std::uint32_t count = 0;
  const void* values = open_vector(buffer, at, log2_bytes, count);
  return {static_cast<const T*>(values), count};
}

class Tables;

// A table, or an absent one, whose fields are all absent. Field ids count from 0 in the order of the schema; a union
// takes two, its type and its value.
class Table {
 public:
  Table() = default;
  Table(Buffer& buffer, std::uint32_t position) { open(buffer, position); }

  explicit operator bool() const { return position_ != 0; }

  template <class T>
  T scalar(unsigned field, T absent = T{}) const {
    const std::uint32_t at = find(field, sizeof(T));
    return at != 0 ? buffer_->load<T>(at) : absent;
  }
  Table table(unsigned field) const {
    const std::uint32_t at = find(field, 4);
    return at != 0 ? Table(*buffer_, buffer_->follow(at)) : Table();
  }
  template <class T>
  Vector<T> vector(unsigned field) const {
    const std::uint32_t at = find(field, 4);
    return at != 0 ? read_vector<T>(*buffer_, at) : Vector<T>();
  }
  Text text(unsigned field) const {
    const Vector<char> bytes = vector<char>(field);
    return {bytes.values, bytes.count};
  }
  Tables tables(unsigned field) const;

  std::uint32_t position() const { return position_; }
  std::uint32_t size_bytes() const { return table_bytes_; }
  // Position of a field of `size_bytes` bytes, a power of two; 0 when absent. Aligned to its size, or to `alignment`.
  std::uint32_t find(unsigned field, std::uint32_t size_bytes, std::uint32_t alignment = 8) const {
    const std::uint32_t entry = 4 + 2 * field;
    if (entry >= vtable_bytes_) return 0;
    const std::uint32_t offset = buffer_->load<std::uint16_t>(vtable_ + entry);
    if (offset == 0) return 0;
    const std::uint32_t at = position_ + offset;
    const std::uint32_t mask = (size_bytes < alignment ? size_bytes : alignment) - 1;
    if (offset + size_bytes <= table_bytes_ && (at & mask) == 0) return at;
    buffer_->damage();
    return 0;
  }

 private:
  void open(Buffer& buffer, std::uint32_t position);

  Buffer* buffer_ = nullptr;
  std::uint32_t position_ = 0;
  std::uint32_t vtable_ = 0;
  std::uint16_t vtable_bytes_ = 0;  // even; 0: absent
  std::uint16_t table_bytes_ = 0;
};

// A vector of tables.
class Tables {
 public:
  Tables() = default;
  Tables(Buffer& buffer, const Vector<std::uint32_t>& references)
      : buffer_(&buffer), references_(references.values), count_(references.count) {}

  std::uint32_t count() const { return count_; }
  // i < count().
  Table operator[](std::uint32_t i) const { return {*buffer_, buffer_->follow(buffer_->position_of(references_ + i))}; }

 private:
  Buffer* buffer_ = nullptr;
  const std::uint32_t* references_ = nullptr;
  std::uint32_t count_ = 0;
};

inline Tables Table::tables(unsigned field) const {
  const Vector<std::uint32_t> references = vector<std::uint32_t>(field);
  return references.count != 0 ? Tables(*buffer_, references) : Tables();
}

}  // namespace cortado::pte
