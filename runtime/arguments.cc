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

ErrorCode Arguments::next(const char* name, ValueRecord& value) {
  if (position_ + 1 >= arguments_.count) return report_->fail(ErrorCode::invalid_program, name).add(" is missing");
  index_ = arguments_[position_++];
  return method_->value(index_, value, *report_);
}

ErrorCode Arguments::next(const char* name, ValueKind expected, const char* kind_name, ValueRecord& value) {
  if (next(name, value) != ErrorCode::ok) return report_->code();
  return value.kind == expected ? ErrorCode::ok : wrong_kind(name, value.kind, kind_name);
}

ErrorCode Arguments::next_optional(const char* name, ValueKind expected, const char* kind_name, ValueRecord& value,
                                   bool& present) {
  if (next(name, value) != ErrorCode::ok) return report_->code();
  present = value.kind != ValueKind::none;
  return value.kind == expected || !present ? ErrorCode::ok : wrong_kind(name, value.kind, kind_name);
}

// --- tensors

ErrorCode Arguments::tensor_of(std::int32_t index, const char* name, const ValueRecord& value, ops::Tensor& tensor) {
  if (value.kind != ValueKind::tensor) return wrong_kind(name, value.kind, "a tensor");
  pte::TensorRecord record;
  if (method_->tensor(value, record, *report_) != ErrorCode::ok) return report_->code();
  tensor = record.tensor;
  if (record.place == pte::TensorPlace::unplanned) tensor.data = unplanned_->find(index);
  if (tensor.data == nullptr) return report_->fail(ErrorCode::unsupported, name).add(" has no memory in the program");
  return ErrorCode::ok;
}

ErrorCode Arguments::tensor(std::int32_t index, const char* name, ops::Tensor& tensor) {
  ValueRecord value;
  if (method_->value(index, value, *report_) != ErrorCode::ok) return report_->code();
  return tensor_of(index, name, value, tensor);
}

ErrorCode Arguments::read(const char* name, ops::Tensor& value) {
  ValueRecord entry;
  if (next(name, entry) != ErrorCode::ok) return report_->code();
  if (tensor_of(index_, name, entry, value) != ErrorCode::ok) return report_->code();
  if (index_ != arguments_[arguments_.count - 1]) return ErrorCode::ok;
  returned_is_checked_ = true;
  if (value.is_constant) return report_->fail(ErrorCode::invalid_program, name).add(" is written but is a constant");
  return ErrorCode::ok;
}

ErrorCode Arguments::read(const char* name, ops::OptionalTensor& value) {
  ValueRecord entry;
  if (next(name, entry) != ErrorCode::ok) return report_->code();
  value.present = entry.kind != ValueKind::none;
  return value.present ? tensor_of(index_, name, entry, value) : ErrorCode::ok;
}

ErrorCode Arguments::read(const char* name, ops::TensorList& value) {
  ValueRecord entry;
  if (next(name, entry) != ErrorCode::ok) return report_->code();
  const bool optional = entry.kind == ValueKind::optional_tensor_list;
  if (!optional && entry.kind != ValueKind::tensor_list) return wrong_kind(name, entry.kind, "a list of tensors");
  const auto items = method_->table(entry).vector<std::int32_t>(field::list::items);
  if (method_->file.check_damage(*report_) != ErrorCode::ok) return report_->code();
  auto* tensors = arena_->keep_array<ops::Tensor>(items.count);
  if (tensors == nullptr) return memory_used_up();
  for (std::uint32_t i = 0; i < items.count; ++i) {
    ops::Tensor* item = new (&tensors[i]) ops::Tensor;
    if (optional) {
      entry.kind = ValueKind::none;
      if (items[i] != -1 && method_->value(items[i], entry, *report_) != ErrorCode::ok) return report_->code();
      if (entry.kind == ValueKind::none) continue;
    }
    if (tensor(items[i], name, *item) != ErrorCode::ok) return report_->code();
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
  ValueRecord value;
  if (method_->value(index, value, *report_) != ErrorCode::ok) return report_->code();
  if (value.kind == ValueKind::tensor) return writable(index);
  if (value.kind != ValueKind::tensor_list)
    return wrong_kind("the returned value", value.kind, "a tensor or a list of tensors");
  const auto items = method_->table(value).vector<std::int32_t>(field::list::items);
  if (method_->file.check_damage(*report_) != ErrorCode::ok) return report_->code();
  for (std::uint32_t i = 0; i < items.count; ++i)
    if (writable(items[i]) != ErrorCode::ok) return report_->code();
  return ErrorCode::ok;
}

}  // namespace cortado::runtime
