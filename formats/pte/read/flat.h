// Checked access to FlatBuffers data. Host and target, C++17, no heap.
//
// The data need not be verified beforehand: every access is checked where it is made, so that bytes are looked at
// once and only where they matter. The first access outside the buffer, or to a misaligned vector, marks the buffer
// as damaged; from then on everything reads as absent, zero or empty. A reader asks damaged() before it relies on
// what it read. Nothing recurses and every loop is bounded by a vector that lies in the buffer.
//
// Layout (little endian): a table begins with the distance back to its vtable; the vtable holds its own size, the
// table's size, then for every field id the field's offset in the table, or 0 = absent. Tables, vectors and strings are
// referred to by distances forward.
#pragma once

#include <string.h>

#include <cstddef>
#include <cstdint>

namespace cortado::pte {

class Buffer {
 public:
  Buffer() = default;
  // `data` is 16-aligned. Only the first 2 GiB can be addressed.
  Buffer(const void* data, std::size_t size_bytes)
      : data_(static_cast<const std::uint8_t*>(data)),
        size_(size_bytes < 0x7fffffff ? static_cast<std::uint32_t>(size_bytes) : 0x7fffffff) {}

  bool damaged() const { return damaged_; }
  void damage() { damaged_ = true; }
  std::uint32_t size_bytes() const { return size_; }

  // Whether `size_bytes` bytes at `position` lie in the buffer; marks the buffer otherwise.
  bool holds(std::uint32_t position, std::uint32_t size_bytes) {
    if (position <= size_ && size_bytes <= size_ - position) return true;
    damaged_ = true;
    return false;
  }
  // The caller has checked the range.
  template <class T>
  T load(std::uint32_t position) const {
    T value;
    memcpy(&value, data_ + position, sizeof value);
    return value;
  }
  const std::uint8_t* at(std::uint32_t position) const { return data_ + position; }
  // Follows the forward distance stored at `position`; 0 when damaged.
  std::uint32_t follow(std::uint32_t position) {
    if (!holds(position, 4)) return 0;
    const std::uint32_t distance = load<std::uint32_t>(position);
    if (distance != 0 && distance < size_ - position) return position + distance;
    damaged_ = true;
    return 0;
  }

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

class Tables;

// A table, or an absent one, whose fields are all absent. Field ids count from 0 in the order of the schema; a union
// takes two, its type and its value.
class Table {
 public:
  Table() = default;
  Table(Buffer& buffer, std::uint32_t position) : buffer_(&buffer), position_(position) { open(); }

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
    std::uint32_t count = 0;
    const std::uint32_t begin = at != 0 ? open_vector(at, sizeof(T), count) : 0;
    if (begin == 0) return {};
    return {reinterpret_cast<const T*>(buffer_->at(begin)), count};
  }
  Text text(unsigned field) const {
    const Vector<std::uint8_t> bytes = vector<std::uint8_t>(field);
    return {reinterpret_cast<const char*>(bytes.values), bytes.count};
  }
  Tables tables(unsigned field) const;
  bool has(unsigned field) const { return find(field, 1) != 0; }

 private:
  void open();
  // Position of a field of `size_bytes` bytes; 0 when absent.
  std::uint32_t find(unsigned field, std::uint32_t size_bytes) const {
    const std::uint32_t entry = 4 + 2 * field;
    if (entry + 2 > vtable_bytes_) return 0;
    const std::uint32_t offset = buffer_->load<std::uint16_t>(vtable_ + entry);
    if (offset == 0) return 0;
    if (offset < 4 || offset + size_bytes > table_bytes_) {
      buffer_->damage();
      return 0;
    }
    return position_ + offset;
  }
  // Position of the first element of the vector referred to at `at`, with proof that all elements are in the buffer;
  // 0 when it is empty or damaged.
  std::uint32_t open_vector(std::uint32_t at, std::uint32_t element_bytes, std::uint32_t& count) const;

  Buffer* buffer_ = nullptr;
  std::uint32_t position_ = 0;
  std::uint32_t vtable_ = 0;
  std::uint16_t vtable_bytes_ = 0;  // 0: absent
  std::uint16_t table_bytes_ = 0;
};

// A vector of tables.
class Tables {
 public:
  Tables() = default;
  Tables(Buffer& buffer, std::uint32_t position, std::uint32_t count)
      : buffer_(&buffer), position_(position), count_(count) {}

  std::uint32_t count() const { return count_; }
  // i < count().
  Table operator[](std::uint32_t i) const { return {*buffer_, buffer_->follow(position_ + 4 * i)}; }

 private:
  Buffer* buffer_ = nullptr;
  std::uint32_t position_ = 0;
  std::uint32_t count_ = 0;
};

inline Tables Table::tables(unsigned field) const {
  const std::uint32_t at = find(field, 4);
  std::uint32_t count = 0;
  const std::uint32_t begin = at != 0 ? open_vector(at, 4, count) : 0;
  return begin != 0 ? Tables(*buffer_, begin, count) : Tables();
}

}  // namespace cortado::pte
