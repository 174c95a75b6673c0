#include "runtime/arguments.h"

namespace cortado::runtime {
namespace field = pte::field;
using pte::ValueKind;

namespace {

const char* name_of(ValueKind kind) {
  constexpr const char* names[] = {"absent", "None", "an int", "a bool", "a number", "a tensor", "a string", "a list of ints",
                                   "a list of numbers", "a list of bools", "a list of tensors", "a list of optional tensors"};
  return names[static_cast<unsigned>(kind)];
}

std::int64_t integer_of(const pte::Table& value) { return value.scalar<std::int64_t>(field::scalar::value); }

}  // namespace

void* UnplannedMemory::find(std::int32_t value) const {
  for (std::uint32_t i = 0; i < known_inputs; ++i)
    if (method->inputs[i] == value) return inputs[i].tensor.data;
  for (std::uint32_t i = 0; i < known_outputs; ++i)
    if (method->outputs[i] == value) return outputs[i].tensor.data;
  return nullptr;
}

void Arguments::begin(const InstructionRecord& call) {
  arguments_ = call.arguments;
  position_ = 0;
  returned_is_checked_ = false;
  arena_->release();
}

ErrorCode Arguments::wrong_kind(const char* name, ValueKind kind, const char* expected) {
  return report_->fail(ErrorCode::invalid_program, name).add(" is ").add(name_of(kind)).add(", must be ").add(expected);
}

ErrorCode Arguments::memory_used_up() {
  out_of_memory_ = true;
  return report_->fail(ErrorCode::arena_too_small, "the arena is too small");
}

ErrorCode Arguments::next(const char* name, ValueKind& kind, pte::Table& value) {
  if (position_ + 1 >= arguments_.count) return report_->fail(ErrorCode::invalid_program, name).add(" is missing");
  index_ = arguments_[position_++];
  return method_->value(index_, kind, value, *report_);
}

ErrorCode Arguments::next(const char* name, ValueKind expected, const char* kind_name, pte::Table& value) {
  ValueKind kind;
  if (next(name, kind, value) != ErrorCode::ok) return report_->code();
  return kind == expected ? ErrorCode::ok : wrong_kind(name, kind, kind_name);
}

ErrorCode Arguments::next_optional(const char* name, ValueKind expected, const char* kind_name, pte::Table& value,
                                   bool& present) {
  ValueKind kind;
  if (next(name, kind, value) != ErrorCode::ok) return report_->code();
  present = kind != ValueKind::none;
  return kind == expected || !present ? ErrorCode::ok : wrong_kind(name, kind, kind_name);
}

// --- tensors

ErrorCode Arguments::tensor_of(std::int32_t index, const char* name, ValueKind kind, const pte::Table& value,
                               ops::Tensor& tensor) {
  if (kind != ValueKind::tensor) return wrong_kind(name, kind, "a tensor");
  pte::TensorRecord record;
  if (method_->tensor(value, record, *report_) != ErrorCode::ok) return report_->code();
  tensor = record.tensor;
  if (record.place == pte::TensorPlace::unplanned) tensor.data = unplanned_->find(index);
  if (tensor.data == nullptr) return report_->fail(ErrorCode::unsupported, name).add(" has no memory in the program");
  return ErrorCode::ok;
}

ErrorCode Arguments::tensor(std::int32_t index, const char* name, ops::Tensor& tensor) {
  ValueKind kind;
  pte::Table value;
  if (method_->value(index, kind, value, *report_) != ErrorCode::ok) return report_->code();
  return tensor_of(index, name, kind, value, tensor);
}

ErrorCode Arguments::read(const char* name, ops::Tensor& value) {
  ValueKind kind;
  pte::Table table;
  if (next(name, kind, table) != ErrorCode::ok) return report_->code();
  if (tensor_of(index_, name, kind, table, value) != ErrorCode::ok) return report_->code();
  if (index_ != arguments_[arguments_.count - 1]) return ErrorCode::ok;
  returned_is_checked_ = true;
  if (value.is_constant) return report_->fail(ErrorCode::invalid_program, name).add(" is written but is a constant");
  return ErrorCode::ok;
}

ErrorCode Arguments::read(const char* name, ops::OptionalTensor& value) {
  ValueKind kind;
  pte::Table table;
  if (next(name, kind, table) != ErrorCode::ok) return report_->code();
  value.present = kind != ValueKind::none;
  return value.present ? tensor_of(index_, name, kind, table, value) : ErrorCode::ok;
}

ErrorCode Arguments::read(const char* name, ops::TensorList& value) {
  ValueKind kind;
  pte::Table table;
  if (next(name, kind, table) != ErrorCode::ok) return report_->code();
  if (kind != ValueKind::tensor_list && kind != ValueKind::optional_tensor_list)
    return wrong_kind(name, kind, "a list of tensors");
  const auto items = table.vector<std::int32_t>(field::list::items);
  if (method_->file.check_damage(*report_) != ErrorCode::ok) return report_->code();
  auto* tensors = arena_->keep_array<ops::Tensor>(items.count);
  if (tensors == nullptr) return memory_used_up();
  for (std::uint32_t i = 0; i < items.count; ++i) {
    ops::Tensor* entry = new (&tensors[i]) ops::Tensor;
    if (kind == ValueKind::optional_tensor_list) {
      ValueKind entry_kind = ValueKind::none;
      if (items[i] != -1 && method_->value(items[i], entry_kind, table, *report_) != ErrorCode::ok) return report_->code();
      if (entry_kind == ValueKind::none) continue;
    }
    if (tensor(items[i], name, *entry) != ErrorCode::ok) return report_->code();
  }
  value = {tensors, items.count};
  return ErrorCode::ok;
}

ErrorCode Arguments::writable(std::int32_t index) {
  ops::Tensor written;
  if (tensor(index, "the returned value", written) != ErrorCode::ok) return report_->code();
  if (!written.is_constant) return ErrorCode::ok;
  return report_->fail(ErrorCode::invalid_program, "the returned value is written but is a constant");
}

ErrorCode Arguments::check_returned() {
  if (returned_is_checked_) return ErrorCode::ok;
  const std::int32_t index = arguments_[arguments_.count - 1];
  ValueKind kind;
  pte::Table value;
  if (method_->value(index, kind, value, *report_) != ErrorCode::ok) return report_->code();
  if (kind == ValueKind::tensor) return writable(index);
  if (kind != ValueKind::tensor_list) return wrong_kind("the returned value", kind, "a tensor or a list of tensors");
  const auto items = value.vector<std::int32_t>(field::list::items);
  if (method_->file.check_damage(*report_) != ErrorCode::ok) return report_->code();
  for (std::uint32_t i = 0; i < items.count; ++i)
    if (writable(items[i]) != ErrorCode::ok) return report_->code();
  return ErrorCode::ok;
}

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
