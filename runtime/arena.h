// The caller's memory while a program is loaded. Host and target, C++17.
//
//   arena:  | working memory: regions, unplanned ports | … | tables ← |      tables grow downwards from the end
//           | lists of the call being prepared → |                            working memory is not in use yet
// With memory for state, the tables grow downwards there instead.
#pragma once

#include <cstddef>
#include <cstdint>

namespace cortado::runtime {

constexpr std::size_t round_up(std::size_t bytes, std::size_t alignment) {
  return (bytes + alignment - 1) & ~(alignment - 1);
}

class Arena {
 public:
  static constexpr std::size_t unit = 8;  // every block is a multiple of it, and aligned to it

  // [begin, end) 16-aligned. `working_bytes` at the beginning are kept free of tables.
  Arena(std::uint8_t* begin, std::uint8_t* end, std::size_t working_bytes)
      : begin_(begin), temporary_(begin), end_(end), floor_(begin + working_bytes), tables_(end), shared_(true) {}
  // Tables in memory of their own.
  Arena(std::uint8_t* begin, std::uint8_t* end, std::uint8_t* tables_begin, std::uint8_t* tables_end)
      : begin_(begin), temporary_(begin), end_(end), floor_(tables_begin), tables_(tables_end), shared_(false) {}

  // Memory that the program keeps; null when there is not enough.
  void* keep(std::size_t bytes) {
    const std::uint8_t* floor = shared_ && temporary_ > floor_ ? temporary_ : floor_;
    if (bytes > limit || round_up(bytes, unit) > static_cast<std::size_t>(tables_ - floor)) return nullptr;
    tables_ -= round_up(bytes, unit);
    return tables_;
  }
  // Memory until release(); null when there is not enough.
  void* borrow(std::size_t bytes) {
    const std::uint8_t* end = shared_ ? tables_ : end_;
    if (bytes > limit || round_up(bytes, unit) > static_cast<std::size_t>(end - temporary_)) return nullptr;
    std::uint8_t* block = temporary_;
    temporary_ += round_up(bytes, unit);
    return block;
  }
  void release() { temporary_ = begin_; }

  // An array of default-initialised T that the program keeps.
  template <class T>
  T* keep_array(std::size_t count) {
    return count > limit / sizeof(T) ? nullptr : static_cast<T*>(keep(count * sizeof(T)));
  }
  template <class T>
  T* borrow_array(std::size_t count) {
    return count > limit / sizeof(T) ? nullptr : static_cast<T*>(borrow(count * sizeof(T)));
  }

 private:
  static constexpr std::size_t limit = 0x7fffffff;
  std::uint8_t* begin_;
  std::uint8_t* temporary_;
  std::uint8_t* end_;
  std::uint8_t* floor_;
  std::uint8_t* tables_;
  bool shared_;
};

}  // namespace cortado::runtime
