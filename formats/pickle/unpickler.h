// The machine that pickles are programs for: a stack, marks and a memo. Internal to formats/pickle.
#pragma once

#include <span>
#include <string>
#include <unordered_map>

#include "formats/pickle/value.h"
#include "support/result.h"

namespace cortado::formats {

class Unpickler {
 public:
  explicit Unpickler(std::span<const std::uint8_t> bytes) : bytes_(bytes) {}

  Status run();  // up to and with STOP
  Pickle take() { return std::move(pickle_); }
  std::span<const std::uint8_t> rest() const { return bytes_; }

  // --- one step of each opcode; `operand` is what follows from the table in unpickle.cc
  using Step = Status (Unpickler::*)(std::uint64_t operand);
  Status protocol(std::uint64_t);
  Status take_frame(std::uint64_t);
  Status push_none(std::uint64_t) { return push({}); }
  Status push_bool(std::uint64_t value) { return push({{value != 0}}); }
  Status push_int(std::uint64_t size_bytes);
  Status push_signed_int(std::uint64_t size_bytes);
  Status push_text_int(std::uint64_t);
  Status push_long(std::uint64_t length_bytes);
  Status push_float(std::uint64_t);
  Status push_string(std::uint64_t length_bytes);
  Status push_bytes(std::uint64_t length_bytes);
  Status push_list(std::uint64_t) { return push({PickleList{}}); }
  Status push_dict(std::uint64_t) { return push({PickleDict{}}); }
  Status push_set(std::uint64_t) { return push({PickleSet{}}); }
  Status push_tuple(std::uint64_t count);
  Status mark(std::uint64_t);
  Status pop(std::uint64_t);
  Status pop_mark(std::uint64_t);
  Status duplicate(std::uint64_t);
  Status tuple_from_mark(std::uint64_t);
  Status list_from_mark(std::uint64_t);
  Status dict_from_mark(std::uint64_t);
  Status frozenset_from_mark(std::uint64_t);
  Status append(std::uint64_t);
  Status append_from_mark(std::uint64_t);
  Status set_item(std::uint64_t);
  Status set_items_from_mark(std::uint64_t);
  Status add_items_from_mark(std::uint64_t);
  Status put(std::uint64_t size_bytes);
  Status get(std::uint64_t size_bytes);
  Status memoize(std::uint64_t);
  Status global(std::uint64_t);
  Status stack_global(std::uint64_t);
  Status reduce(std::uint64_t);
  Status build(std::uint64_t);
  Status persistent_id(std::uint64_t);

 private:
  Status push(PickleValue value);
  Result<PickleValue*> popped();
  Result<PickleItems> popped_to_mark();
  Result<PickleValue*> top() const;
  // The next bytes of the file.
  Result<std::span<const std::uint8_t>> take_bytes(std::uint64_t count);
  Result<std::uint64_t> take_number(std::uint64_t size_bytes);  // little-endian
  Result<std::string> take_line();
  Status push_global(const std::string& name);

  std::span<const std::uint8_t> bytes_;
  Pickle pickle_;
  std::vector<PickleValue*> stack_;
  std::vector<std::size_t> marks_;  // sizes of the stack
  std::unordered_map<std::uint64_t, PickleValue*> memo_;
  std::unordered_map<std::string, std::size_t> storage_index_;  // key -> position in pickle_.storages
  std::size_t copied_ = 0;                                      // by calls, in items and bytes
};

}  // namespace cortado::formats
