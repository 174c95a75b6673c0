#include "runtime/arguments.h"

namespace cortado::runtime {
namespace field = pte::field;
using pte::ValueKind;

ErrorCode Arguments::memory_used_up() {
  out_of_memory_ = true;
  return report_->fail(ErrorCode::arena_too_small, "the arena is too small");
}

ErrorCode Arguments::next(Wording name, ValueRecord& value) {
  if (position_ + 1 >= arguments_.count) return report_->fail(ErrorCode::invalid_program, name).add(" is missing");
  index_ = arguments_[position_++];
  return method_->value(index_, value, *report_);
}

ErrorCode Arguments::next(Wording name, ValueKind expected, Wording kind_name, ValueRecord& value) {
  if (next(name, value) != ErrorCode::ok) return report_->code();
  return value.kind == expected ? ErrorCode::ok : wrong_kind(name, value.kind, kind_name);
}

ErrorCode Arguments::next_optional(Wording name, ValueKind expected, Wording kind_name, ValueRecord& value,
                                   bool& present) {
  if (next(name, value) != ErrorCode::ok) return report_->code();
  present = value.kind != ValueKind::none;
  return value.kind == expected || !present ? ErrorCode::ok : wrong_kind(name, value.kind, kind_name);
}

// --- tensors

ErrorCode Arguments::read(Wording name, ops::Tensor& value) {
  ValueRecord entry;
  if (next(name, entry) != ErrorCode::ok) return report_->code();
  if (tensors_->read(index_, name, entry, value, *report_) != ErrorCode::ok) return report_->code();
  if (index_ != arguments_[arguments_.count - 1]) return ErrorCode::ok;
  returned_is_checked_ = true;
  if (value.is_constant) return report_->fail(ErrorCode::invalid_program, name).add(" is written but is a constant");
  return ErrorCode::ok;
}

ErrorCode Arguments::read(Wording name, ops::OptionalTensor& value) {
  ValueRecord entry;
  if (next(name, entry) != ErrorCode::ok) return report_->code();
  value.present = entry.kind != ValueKind::none;
  return value.present ? tensors_->read(index_, name, entry, value, *report_) : ErrorCode::ok;
}

ErrorCode Arguments::read(Wording name, ops::TensorList& value) {
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
    if (tensors_->read(items[i], name, *item, *report_) != ErrorCode::ok) return report_->code();
  }
  value = {tensors, items.count};
  return ErrorCode::ok;
}

ErrorCode Arguments::writable(std::int32_t index) {
  ops::Tensor written;
  if (tensors_->read(index, "the returned value", written, *report_) != ErrorCode::ok) return report_->code();
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
