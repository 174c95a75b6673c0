// Small checkpoints made byte by byte, in both forms of torch.save.
#pragma once

#include <gtest/gtest.h>

#include <cstdint>
#include <cstring>
#include <string_view>
#include <vector>

#include "formats/zip/writer.h"

namespace cortado::testing {

class PickleBytesWriter {
 public:
  PickleBytesWriter& raw(std::string_view text) {
    bytes_.insert(bytes_.end(), text.begin(), text.end());
    return *this;
  }
  PickleBytesWriter& zeros(std::size_t count) {
    bytes_.insert(bytes_.end(), count, 0);
    return *this;
  }
  PickleBytesWriter& string(std::string_view text) {  // BINUNICODE
    raw("X").byte(text.size()).zeros(3);
    return raw(text);
  }
  PickleBytesWriter& byte(std::size_t value) {
    bytes_.push_back(static_cast<std::uint8_t>(value));
    return *this;
  }
  PickleBytesWriter& integer(std::size_t value) { return raw("K").byte(value); }  // BININT1
  const std::vector<std::uint8_t>& bytes() const { return bytes_; }

 private:
  std::vector<std::uint8_t> bytes_;
};

// _rebuild_tensor_v2(storage, offset, sizes, strides, False, OrderedDict())
inline void put_tensor(PickleBytesWriter& to, const char* storage_class, const char* key, std::size_t elements,
                       const std::vector<std::size_t>& sizes, const std::vector<std::size_t>& strides, bool older) {
  to.raw("ctorch._utils\n_rebuild_tensor_v2\n((").string("storage").raw("ctorch\n").raw(storage_class).raw("\n");
  to.string(key).string("cpu").integer(elements).raw(older ? "NtQ" : "tQ").integer(0);
  for (const auto& list : {sizes, strides}) {
    to.raw("(");
    for (const std::size_t entry : list) to.integer(entry);
    to.raw("t");
  }
  to.raw(
      "\x89"
      "ccollections\nOrderedDict\n)RtR");
}

// OrderedDict({'conv.weight': f32 [2, 3] over 0…5 transposed, 'conv.count': i64 [] 7}) with a state dict's _metadata.
inline PickleBytesWriter checkpoint_pickle(bool older) {
  PickleBytesWriter to;
  to.raw(
      "\x80\x02"
      "ccollections\nOrderedDict\n)R(");
  to.string("conv.weight");
  put_tensor(to, "FloatStorage", "k1", 6, {2, 3}, {1, 2}, older);
  to.string("conv.count");
  put_tensor(to, "LongStorage", "k2", 1, {}, {}, older);
  to.raw("u}").string("_metadata").raw("ccollections\nOrderedDict\n)Rsb.");
  return to;
}

inline std::vector<std::uint8_t> float_storage() {
  std::vector<std::uint8_t> bytes;
  for (const float value : {0.0f, 1.0f, 2.0f, 3.0f, 4.0f, 5.0f}) {
    std::uint32_t bits;
    std::memcpy(&bits, &value, sizeof bits);
    for (int i = 0; i < 4; ++i) bytes.push_back(static_cast<std::uint8_t>(bits >> (8 * i)));
  }
  return bytes;
}

inline std::vector<std::uint8_t> older_checkpoint() {
  PickleBytesWriter to;
  to.raw("\x80\x02\x8a\x0a\x6c\xfc\x9c\x46\xf9\x20\x6a\xa8\x50\x19.");
  to.raw("\x80\x02M\xe9\x03.");
  to.raw("\x80\x02}").string("little_endian").raw("\x88s.");
  std::vector<std::uint8_t> bytes = to.bytes();
  const auto add = [&](const std::vector<std::uint8_t>& more) { bytes.insert(bytes.end(), more.begin(), more.end()); };
  add(checkpoint_pickle(true).bytes());
  PickleBytesWriter keys;
  keys.raw("\x80\x02](").string("k1").string("k2").raw("e.");
  add(keys.bytes());
  add({6, 0, 0, 0, 0, 0, 0, 0});
  add(float_storage());
  add({1, 0, 0, 0, 0, 0, 0, 0});
  add({7, 0, 0, 0, 0, 0, 0, 0});
  return bytes;
}

inline std::vector<std::uint8_t> zip_checkpoint(
    const std::vector<std::uint8_t>& pickle = checkpoint_pickle(false).bytes()) {
  formats::ZipWriter zip;
  EXPECT_TRUE(zip.add("model/data.pkl", pickle));
  const std::vector<std::uint8_t> seven = {7, 0, 0, 0, 0, 0, 0, 0};
  EXPECT_TRUE(zip.add("model/data/k1", float_storage()));
  EXPECT_TRUE(zip.add("model/data/k2", seven));
  return zip.finish();
}

}  // namespace cortado::testing
