// What a pickle may hold: containers, strings, numbers and tensors, as plain data.
#pragma once

#include <cstdint>
#include <deque>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "formats/strided.h"

namespace cortado::formats {

struct PickleValue;
using PickleItems = std::vector<const PickleValue*>;

struct PickleList {
  PickleItems items;
};
struct PickleTuple {
  PickleItems items;
};
struct PickleSet {
  PickleItems items;
};
struct PickleDict {
  std::vector<std::pair<const PickleValue*, const PickleValue*>> entries;  // in order of insertion
};
struct PickleBytes {
  std::vector<std::uint8_t> bytes;
};
// An integer beyond 64 bits, little-endian two's complement.
struct PickleLong {
  std::vector<std::uint8_t> bytes;
};
// A name of the allow-list: a class or function that stands for something plain.
struct PickleGlobal {
  std::string name;  // "collections.OrderedDict"
};
// The storage behind tensors; its bytes are elsewhere in the file, under `key`.
struct PickleStorage {
  std::string key;
  DType dtype = DType::u8;  // of one element
  std::int64_t elements = 0;
};
struct PickleTensor {
  StridedLayout layout;
  std::string storage;  // PickleStorage::key
};

struct PickleValue {
  std::variant<std::monostate, bool, std::int64_t, double, std::string, PickleBytes, PickleLong, PickleList,
               PickleTuple, PickleSet, PickleDict, PickleGlobal, PickleStorage, PickleTensor, DType>
      content;

  template <class T>
  const T* get() const {
    return std::get_if<T>(&content);
  }
  template <class T>
  T* get() {
    return std::get_if<T>(&content);
  }
  bool is_none() const { return content.index() == 0; }
};

// A value and all that it refers to. Containers may be shared and, in a hostile file, contain themselves: whoever walks
// them limits depth and count.
struct Pickle {
  std::deque<PickleValue> values;  // addresses are stable
  const PickleValue* root = nullptr;
  std::vector<PickleStorage> storages;  // every storage named, once, in the order of first mention
};

}  // namespace cortado::formats
