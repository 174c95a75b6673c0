#include "runtime/tensor_values.h"

namespace cortado::runtime {

void* UnplannedMemory::find(std::int32_t value) const {
  for (std::uint32_t i = 0; i < known_inputs; ++i)
    if (method->inputs[i] == value) return inputs[i].tensor.data;
  for (std::uint32_t i = 0; i < known_outputs; ++i)
    if (method->outputs[i] == value) return outputs[i].tensor.data;
  return nullptr;
}

ErrorCode wrong_kind(Wording name, pte::ValueKind kind, Wording expected, ErrorReport& report) {
  constexpr Wording names[] = {"absent",
                               "None",
                               "an int",
                               "a bool",
                               "a number",
                               "a tensor",
                               "a string",
                               "a list of ints",
                               "a list of numbers",
                               "a list of bools",
                               "a list of tensors",
                               "a list of optional tensors"};
  return report.fail(ErrorCode::invalid_program, name)
      .add(" is ")
      .add(names[static_cast<unsigned>(kind)])
      .add(", must be ")
      .add(expected);
}

ErrorCode TensorValues::read(std::int32_t index, Wording name, const ValueRecord& value, ops::Tensor& tensor,
                             ErrorReport& report) const {
  if (value.kind != pte::ValueKind::tensor) return wrong_kind(name, value.kind, "a tensor", report);
  pte::TensorRecord record;
  if (method->tensor(value, record, report) != ErrorCode::ok) return report.code();
  tensor = record.tensor;
  if (record.place == pte::TensorPlace::unplanned) tensor.data = unplanned->find(index);
  if (tensor.data == nullptr) return report.fail(ErrorCode::unsupported, name).add(" has no memory in the program");
  return ErrorCode::ok;
}

ErrorCode TensorValues::read(std::int32_t index, Wording name, ops::Tensor& tensor, ErrorReport& report) const {
  ValueRecord value;
  if (method->value(index, value, report) != ErrorCode::ok) return report.code();
  return read(index, name, value, tensor, report);
}

}  // namespace cortado::runtime
