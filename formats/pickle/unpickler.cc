#include "formats/pickle/unpickler.h"

#include <charconv>
#include <cstring>

#include "formats/pickle/globals.h"

namespace cortado::formats {
namespace {

Diagnostic damaged_pickle() { return input_error("the pickle is damaged or truncated"); }

}  // namespace

// --- bytes

Result<std::span<const std::uint8_t>> Unpickler::take_bytes(std::uint64_t count) {
  if (count > bytes_.size()) return damaged_pickle();
  const auto taken = bytes_.first(static_cast<std::size_t>(count));
  bytes_ = bytes_.subspan(static_cast<std::size_t>(count));
  return taken;
}

Result<std::uint64_t> Unpickler::take_number(std::uint64_t size_bytes) {
  CORTADO_TRY(const auto taken, take_bytes(size_bytes));
  std::uint64_t number = 0;
  for (std::size_t i = taken.size(); i-- > 0;) number = number << 8 | taken[i];
  return number;
}

Result<std::string> Unpickler::take_line() {
  std::size_t length = 0;
  while (length < bytes_.size() && bytes_[length] != '\n') ++length;
  if (length == bytes_.size()) return damaged_pickle();
  CORTADO_TRY(const auto taken, take_bytes(length + 1));
  return std::string(taken.begin(), taken.end() - 1);
}

// --- stack

Status Unpickler::push(PickleValue value) {
  constexpr std::size_t most_values = std::size_t{1} << 22;
  if (pickle_.values.size() >= most_values) return input_error("the pickle has more than 4 million values");
  pickle_.values.push_back(std::move(value));
  stack_.push_back(&pickle_.values.back());
  return {};
}

Result<PickleValue*> Unpickler::top() const {
  if (stack_.size() <= (marks_.empty() ? 0 : marks_.back())) return damaged_pickle();
  return stack_.back();
}

Result<PickleValue*> Unpickler::popped() {
  CORTADO_TRY(PickleValue* value, top());
  stack_.pop_back();
  return value;
}

Result<PickleItems> Unpickler::popped_to_mark() {
  if (marks_.empty()) return damaged_pickle();
  const auto begin = stack_.begin() + static_cast<std::ptrdiff_t>(marks_.back());
  PickleItems items(begin, stack_.end());
  stack_.erase(begin, stack_.end());
  marks_.pop_back();
  return items;
}

Status Unpickler::mark(std::uint64_t) {
  marks_.push_back(stack_.size());
  return {};
}

Status Unpickler::pop(std::uint64_t) {
  if (!marks_.empty() && marks_.back() == stack_.size()) {
    marks_.pop_back();
    return {};
  }
  CORTADO_TRY([[maybe_unused]] const PickleValue* value, popped());
  return {};
}

Status Unpickler::pop_mark(std::uint64_t) {
  CORTADO_TRY([[maybe_unused]] const PickleItems items, popped_to_mark());
  return {};
}

Status Unpickler::duplicate(std::uint64_t) {
  CORTADO_TRY(PickleValue* value, top());
  stack_.push_back(value);
  return {};
}

// --- numbers and strings

Status Unpickler::protocol(std::uint64_t) {
  CORTADO_TRY(const std::uint64_t version, take_number(1));
  if (version > 5)
    return input_error("the pickle is of protocol " + std::to_string(version) + "; 1 to 5 are supported");
  return {};
}

Status Unpickler::take_frame(std::uint64_t) {
  CORTADO_TRY([[maybe_unused]] const std::uint64_t length_bytes, take_number(8));
  return {};
}

Status Unpickler::push_int(std::uint64_t size_bytes) {
  CORTADO_TRY(const std::uint64_t number, take_number(size_bytes));
  return push({static_cast<std::int64_t>(number)});
}

Status Unpickler::push_signed_int(std::uint64_t size_bytes) {
  CORTADO_TRY(const std::uint64_t number, take_number(size_bytes));
  return push({static_cast<std::int64_t>(static_cast<std::int32_t>(static_cast<std::uint32_t>(number)))});
}

Status Unpickler::push_text_int(std::uint64_t) {
  CORTADO_TRY(std::string line, take_line());
  if (line == "00" || line == "01") return push({line == "01"});
  if (!line.empty() && line.back() == 'L') line.pop_back();
  std::int64_t value = 0;
  const auto end = std::from_chars(line.data(), line.data() + line.size(), value);
  if (end.ec != std::errc() || end.ptr != line.data() + line.size()) return damaged_pickle();
  return push({value});
}

Status Unpickler::push_long(std::uint64_t length_bytes) {
  CORTADO_TRY(const std::uint64_t length, take_number(length_bytes));
  CORTADO_TRY(const auto taken, take_bytes(length));
  if (taken.size() > 8) return push({PickleLong{{taken.begin(), taken.end()}}});
  const bool negative = !taken.empty() && (taken.back() & 0x80u) != 0;
  std::uint64_t number = negative ? ~std::uint64_t{0} : 0;
  for (std::size_t i = taken.size(); i-- > 0;) number = number << 8 | taken[i];
  return push({static_cast<std::int64_t>(number)});
}

Status Unpickler::push_float(std::uint64_t) {  // big-endian
  CORTADO_TRY(const auto taken, take_bytes(8));
  std::uint64_t bits = 0;
  for (const std::uint8_t byte : taken) bits = bits << 8 | byte;
  double value;
  std::memcpy(&value, &bits, sizeof value);
  return push({value});
}

Status Unpickler::push_string(std::uint64_t length_bytes) {
  CORTADO_TRY(const std::uint64_t length, take_number(length_bytes));
  CORTADO_TRY(const auto taken, take_bytes(length));
  return push({std::string(taken.begin(), taken.end())});
}

Status Unpickler::push_bytes(std::uint64_t length_bytes) {
  CORTADO_TRY(const std::uint64_t length, take_number(length_bytes));
  CORTADO_TRY(const auto taken, take_bytes(length));
  return push({PickleBytes{{taken.begin(), taken.end()}}});
}

// --- memo

Status Unpickler::put(std::uint64_t size_bytes) {
  CORTADO_TRY(const std::uint64_t index, take_number(size_bytes));
  CORTADO_TRY(memo_[index], top());
  return {};
}

Status Unpickler::memoize(std::uint64_t) {
  CORTADO_TRY(PickleValue* value, top());
  memo_[memo_.size()] = value;
  return {};
}

Status Unpickler::get(std::uint64_t size_bytes) {
  CORTADO_TRY(const std::uint64_t index, take_number(size_bytes));
  const auto found = memo_.find(index);
  if (found == memo_.end()) return damaged_pickle();
  stack_.push_back(found->second);
  return {};
}

}  // namespace cortado::formats
