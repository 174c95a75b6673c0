// Arguments, second half: numbers, lists and strings.
#include "runtime/arguments.h"
#include "support/to_double.h"

namespace cortado::runtime {
namespace field = pte::field;
using pte::ValueKind;

// --- numbers

ErrorCode Arguments::number(Wording name, const ValueRecord& value, double& number) {
  if (value.kind == ValueKind::number)
    number = method_->table(value).scalar<double>(field::scalar::value);
  else if (value.kind == ValueKind::integer)
    number = to_double(method_->integer(value));
  else
    return wrong_kind(name, value.kind, "a number");
  return method_->file.check_damage(*report_);
}

ErrorCode Arguments::scalar(Wording name, const ValueRecord& value, ops::Scalar& scalar) {
  scalar.is_integer = value.kind == ValueKind::integer;
  scalar.is_boolean = value.kind == ValueKind::boolean;
  if (scalar.is_boolean) {
    scalar.integer = method_->table(value).scalar<std::uint8_t>(field::scalar::value) != 0 ? 1 : 0;
    return method_->file.check_damage(*report_);
  }
  if (scalar.is_integer) scalar.integer = method_->integer(value);
  return number(name, value, scalar.number);
}

ErrorCode Arguments::read(Wording name, std::int64_t& value) {
  ValueRecord entry;
  if (next(name, ValueKind::integer, "an int", entry) != ErrorCode::ok) return report_->code();
  value = method_->integer(entry);
  return method_->file.check_damage(*report_);
}

ErrorCode Arguments::read(Wording name, ops::OptionalInt& value) {
  ValueRecord entry;
  if (next_optional(name, ValueKind::integer, "an int or None", entry, value.present) != ErrorCode::ok)
    return report_->code();
  if (value.present) value.value = method_->integer(entry);
  return method_->file.check_damage(*report_);
}

ErrorCode Arguments::read(Wording name, double& value) {
  ValueRecord entry;
  if (next(name, entry) != ErrorCode::ok) return report_->code();
  return number(name, entry, value);
}

ErrorCode Arguments::read(Wording name, ops::OptionalNumber& value) {
  ValueRecord entry;
  if (next(name, entry) != ErrorCode::ok) return report_->code();
  value.present = entry.kind != ValueKind::none;
  return value.present ? number(name, entry, value.value) : ErrorCode::ok;
}

ErrorCode Arguments::read(Wording name, bool& value) {
  ValueRecord entry;
  if (next(name, ValueKind::boolean, "a bool", entry) != ErrorCode::ok) return report_->code();
  value = method_->table(entry).scalar<std::uint8_t>(field::scalar::value) != 0;
  return method_->file.check_damage(*report_);
}

ErrorCode Arguments::read(Wording name, ops::Scalar& value) {
  ValueRecord entry;
  if (next(name, entry) != ErrorCode::ok) return report_->code();
  return scalar(name, entry, value);
}

ErrorCode Arguments::read(Wording name, ops::OptionalScalar& value) {
  ValueRecord entry;
  if (next(name, entry) != ErrorCode::ok) return report_->code();
  value.present = entry.kind != ValueKind::none;
  return value.present ? scalar(name, entry, value) : ErrorCode::ok;
}

ErrorCode Arguments::read(Wording name, ops::OptionalDType& value) {
  ops::OptionalInt code;
  if (read(name, code) != ErrorCode::ok) return report_->code();
  value.present = code.present;
  if (!code.present) return ErrorCode::ok;
  value.value = static_cast<DType>(code.value);
  if (code.value < 0 || code.value > 63 || size_bytes(value.value) == 0)
    return report_->fail(ErrorCode::unsupported, name).add(": element type ").add(code.value).add(" is unknown");
  return ErrorCode::ok;
}

// --- lists and strings

ErrorCode Arguments::int_list(Wording name, const ValueRecord& value, ops::IntList& list) {
  const auto items = method_->table(value).vector<std::int64_t>(field::list::items);
  if (method_->file.check_damage(*report_) != ErrorCode::ok) return report_->code();
  auto* integers = arena_->borrow_array<std::int64_t>(items.count);
  if (integers == nullptr) return memory_used_up();
  for (std::uint32_t i = 0; i < items.count; ++i) {
    ValueRecord entry;
    if (items[i] < 0 || items[i] > INT32_MAX)
      return report_->fail(ErrorCode::invalid_program, name)
          .add(" names value ")
          .add(items[i])
          .add(", which does not exist");
    if (method_->value(static_cast<std::int32_t>(items[i]), entry, *report_) != ErrorCode::ok) return report_->code();
    if (entry.kind != ValueKind::integer) return wrong_kind(name, entry.kind, "a list of ints alone");
    integers[i] = method_->integer(entry);
  }
  list.values = integers;
  list.count = items.count;
  return method_->file.check_damage(*report_);
}

ErrorCode Arguments::number_list(const ValueRecord& value, ops::NumberList& list) {
  const auto items = method_->table(value).vector<double>(field::list::items);
  list.values = items.values;
  list.count = items.count;
  return method_->file.check_damage(*report_);
}

ErrorCode Arguments::read(Wording name, ops::IntList& value) {
  ValueRecord entry;
  if (next(name, ValueKind::int_list, "a list of ints", entry) != ErrorCode::ok) return report_->code();
  return int_list(name, entry, value);
}

ErrorCode Arguments::read(Wording name, ops::OptionalIntList& value) {
  ValueRecord entry;
  if (next_optional(name, ValueKind::int_list, "a list of ints or None", entry, value.present) != ErrorCode::ok)
    return report_->code();
  return value.present ? int_list(name, entry, value) : ErrorCode::ok;
}

ErrorCode Arguments::read(Wording name, ops::NumberList& value) {
  ValueRecord entry;
  if (next(name, ValueKind::number_list, "a list of numbers", entry) != ErrorCode::ok) return report_->code();
  return number_list(entry, value);
}

ErrorCode Arguments::read(Wording name, ops::OptionalNumberList& value) {
  ValueRecord entry;
  if (next_optional(name, ValueKind::number_list, "a list of numbers or None", entry, value.present) != ErrorCode::ok)
    return report_->code();
  return value.present ? number_list(entry, value) : ErrorCode::ok;
}

ErrorCode Arguments::read(Wording name, ops::BoolList& value) {
  ValueRecord entry;
  if (next(name, ValueKind::bool_list, "a list of bools", entry) != ErrorCode::ok) return report_->code();
  const auto items = method_->table(entry).vector<std::uint8_t>(field::list::items);
  if (method_->file.check_damage(*report_) != ErrorCode::ok) return report_->code();
  auto* flags = arena_->borrow_array<bool>(items.count);
  if (flags == nullptr) return memory_used_up();
  for (std::uint32_t i = 0; i < items.count; ++i) flags[i] = items[i] != 0;  // a byte of the file may hold anything
  value.values = flags;
  value.count = items.count;
  return ErrorCode::ok;
}

ErrorCode Arguments::text(const ValueRecord& value, ops::String& text) {
  const pte::Text found = method_->table(value).text(field::scalar::value);
  text.text = found.text;
  text.length = found.length;
  return method_->file.check_damage(*report_);
}

ErrorCode Arguments::read(Wording name, ops::String& value) {
  ValueRecord entry;
  if (next(name, ValueKind::text, "a string", entry) != ErrorCode::ok) return report_->code();
  return text(entry, value);
}

ErrorCode Arguments::read(Wording name, ops::OptionalString& value) {
  ValueRecord entry;
  if (next_optional(name, ValueKind::text, "a string or None", entry, value.present) != ErrorCode::ok)
    return report_->code();
  return value.present ? text(entry, value) : ErrorCode::ok;
}

}  // namespace cortado::runtime
