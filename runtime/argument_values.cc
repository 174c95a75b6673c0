// Arguments, second half: numbers, lists and strings.
#include "runtime/arguments.h"

namespace cortado::runtime {
namespace field = pte::field;
using pte::ValueKind;

namespace {

std::int64_t integer_of(const pte::Table& value) { return value.scalar<std::int64_t>(field::scalar::value); }

}  // namespace

// --- numbers

ErrorCode Arguments::number(const char* name, ValueKind kind, const pte::Table& value, double& number) {
  if (kind == ValueKind::number) number = value.scalar<double>(field::scalar::value);
  else if (kind == ValueKind::integer) number = static_cast<double>(integer_of(value));
  else return wrong_kind(name, kind, "a number");
  return ErrorCode::ok;
}

ErrorCode Arguments::scalar(const char* name, ValueKind kind, const pte::Table& value, ops::Scalar& scalar) {
  scalar.is_integer = kind == ValueKind::integer;
  scalar.is_boolean = kind == ValueKind::boolean;
  if (scalar.is_boolean) {
    scalar.integer = value.scalar<std::uint8_t>(field::scalar::value) != 0 ? 1 : 0;
    return ErrorCode::ok;
  }
  if (scalar.is_integer) scalar.integer = integer_of(value);
  return number(name, kind, value, scalar.number);
}

ErrorCode Arguments::read(const char* name, std::int64_t& value) {
  pte::Table table;
  if (next(name, ValueKind::integer, "an int", table) != ErrorCode::ok) return report_->code();
  value = integer_of(table);
  return ErrorCode::ok;
}

ErrorCode Arguments::read(const char* name, ops::OptionalInt& value) {
  pte::Table table;
  if (next_optional(name, ValueKind::integer, "an int or None", table, value.present) != ErrorCode::ok) return report_->code();
  if (value.present) value.value = integer_of(table);
  return ErrorCode::ok;
}

ErrorCode Arguments::read(const char* name, double& value) {
  ValueKind kind;
  pte::Table table;
  if (next(name, kind, table) != ErrorCode::ok) return report_->code();
  return number(name, kind, table, value);
}

ErrorCode Arguments::read(const char* name, ops::OptionalNumber& value) {
  ValueKind kind;
  pte::Table table;
  if (next(name, kind, table) != ErrorCode::ok) return report_->code();
  value.present = kind != ValueKind::none;
  return value.present ? number(name, kind, table, value.value) : ErrorCode::ok;
}

ErrorCode Arguments::read(const char* name, bool& value) {
  pte::Table table;
  if (next(name, ValueKind::boolean, "a bool", table) != ErrorCode::ok) return report_->code();
  value = table.scalar<std::uint8_t>(field::scalar::value) != 0;
  return ErrorCode::ok;
}

ErrorCode Arguments::read(const char* name, ops::Scalar& value) {
  ValueKind kind;
  pte::Table table;
  if (next(name, kind, table) != ErrorCode::ok) return report_->code();
  return scalar(name, kind, table, value);
}

ErrorCode Arguments::read(const char* name, ops::OptionalScalar& value) {
  ValueKind kind;
  pte::Table table;
  if (next(name, kind, table) != ErrorCode::ok) return report_->code();
  value.present = kind != ValueKind::none;
  return value.present ? scalar(name, kind, table, value) : ErrorCode::ok;
}

ErrorCode Arguments::read(const char* name, ops::OptionalDType& value) {
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

ErrorCode Arguments::int_list(const char* name, const pte::Table& value, ops::IntList& list) {
  const auto items = value.vector<std::int64_t>(field::list::items);
  if (method_->file.check_damage(*report_) != ErrorCode::ok) return report_->code();
  auto* integers = arena_->borrow_array<std::int64_t>(items.count);
  if (integers == nullptr) return memory_used_up();
  for (std::uint32_t i = 0; i < items.count; ++i) {
    ValueKind kind;
    pte::Table entry;
    if (items[i] < 0 || items[i] > INT32_MAX)
      return report_->fail(ErrorCode::invalid_program, name).add(" names value ").add(items[i]).add(", which does not exist");
    if (method_->value(static_cast<std::int32_t>(items[i]), kind, entry, *report_) != ErrorCode::ok) return report_->code();
    if (kind != ValueKind::integer) return wrong_kind(name, kind, "a list of ints alone");
    integers[i] = integer_of(entry);
  }
  list.values = integers;
  list.count = items.count;
  return ErrorCode::ok;
}

ErrorCode Arguments::number_list(const pte::Table& value, ops::NumberList& list) {
  const auto items = value.vector<double>(field::list::items);
  list.values = items.values;
  list.count = items.count;
  return method_->file.check_damage(*report_);
}

ErrorCode Arguments::read(const char* name, ops::IntList& value) {
  pte::Table table;
  if (next(name, ValueKind::int_list, "a list of ints", table) != ErrorCode::ok) return report_->code();
  return int_list(name, table, value);
}

ErrorCode Arguments::read(const char* name, ops::OptionalIntList& value) {
  pte::Table table;
  if (next_optional(name, ValueKind::int_list, "a list of ints or None", table, value.present) != ErrorCode::ok)
    return report_->code();
  return value.present ? int_list(name, table, value) : ErrorCode::ok;
}

ErrorCode Arguments::read(const char* name, ops::NumberList& value) {
  pte::Table table;
  if (next(name, ValueKind::number_list, "a list of numbers", table) != ErrorCode::ok) return report_->code();
  return number_list(table, value);
}

ErrorCode Arguments::read(const char* name, ops::OptionalNumberList& value) {
  pte::Table table;
  if (next_optional(name, ValueKind::number_list, "a list of numbers or None", table, value.present) != ErrorCode::ok)
    return report_->code();
  return value.present ? number_list(table, value) : ErrorCode::ok;
}

ErrorCode Arguments::read(const char* name, ops::BoolList& value) {
  pte::Table table;
  if (next(name, ValueKind::bool_list, "a list of bools", table) != ErrorCode::ok) return report_->code();
  const auto items = table.vector<std::uint8_t>(field::list::items);
  if (method_->file.check_damage(*report_) != ErrorCode::ok) return report_->code();
  auto* flags = arena_->borrow_array<bool>(items.count);
  if (flags == nullptr) return memory_used_up();
  for (std::uint32_t i = 0; i < items.count; ++i) flags[i] = items[i] != 0;  // a byte of the file may hold anything
  value.values = flags;
  value.count = items.count;
  return ErrorCode::ok;
}

ErrorCode Arguments::read(const char* name, ops::String& value) {
  pte::Table table;
  if (next(name, ValueKind::text, "a string", table) != ErrorCode::ok) return report_->code();
  const pte::Text text = table.text(field::scalar::value);
  value.text = text.text;
  value.length = text.length;
  return method_->file.check_damage(*report_);
}

ErrorCode Arguments::read(const char* name, ops::OptionalString& value) {
  pte::Table table;
  if (next_optional(name, ValueKind::text, "a string or None", table, value.present) != ErrorCode::ok) return report_->code();
  if (!value.present) return ErrorCode::ok;
  const pte::Text text = table.text(field::scalar::value);
  value.text = text.text;
  value.length = text.length;
  return method_->file.check_damage(*report_);
}

}  // namespace cortado::runtime
