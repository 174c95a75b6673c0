#include "compiler/lower/node_arguments.h"

namespace cortado::compiler {
namespace {

// Where tensors lie that have no data yet; aligned as the arena is.
alignas(16) std::uint8_t nowhere[16];

const ir::Argument none;

}  // namespace

const ir::Argument& NodeArguments::next() {
  const ir::Argument* given = node_->find(wire_->fields[position_++].name);
  return given != nullptr ? *given : none;
}

ErrorCode NodeArguments::misfit(const char* name) {
  return report_->fail(ErrorCode::invalid_argument, name).add(" is of another kind");
}

ops::Tensor NodeArguments::tensor(const ir::Value& value) {
  ops::Tensor result;
  sizes_.emplace_back(value.type.shape.begin(), value.type.shape.end());
  orders_.push_back(value.type.full_dim_order());
  result.sizes = sizes_.back().data();
  result.dim_order = orders_.back().data();
  result.rank = static_cast<std::uint8_t>(value.type.shape.size());
  result.dtype = value.type.dtype;
  result.data = nowhere;
  if (value.kind == ir::ValueKind::constant) {
    constants_.push_back(ir::to_physical(value.data, value.type.dim_order));
    result.data = const_cast<std::uint8_t*>(constants_.back().bytes().data());
    result.is_constant = true;
  }
  return result;
}

// Outputs are the node's results, one a field or all in a list; they come last.
ErrorCode NodeArguments::read(const char* name, ops::Tensor& value) {
  const std::size_t inputs = wire_->fields.size() - wire_->outputs;
  if (position_ >= inputs) {
    const std::size_t output = position_++ - inputs;
    if (output >= node_->outputs.size()) return misfit(name);
    value = tensor(*node_->outputs[output]);
    return report_->code();
  }
  const auto* given = std::get_if<ir::Value*>(&next());
  if (given == nullptr || *given == nullptr) return misfit(name);
  value = tensor(**given);
  return report_->code();
}

ErrorCode NodeArguments::read(const char* name, ops::TensorList& value) {
  const bool is_output = position_ >= wire_->fields.size() - wire_->outputs;
  const auto* given = is_output ? nullptr : std::get_if<ir::ValueList>(&next());
  if (!is_output && given == nullptr) return misfit(name);
  std::vector<ops::Tensor>& list = tensors_.emplace_back();
  for (const ir::Value* entry : is_output ? node_->outputs : *given)
    list.push_back(entry != nullptr ? tensor(*entry) : ops::Tensor());
  value = {list.data(), static_cast<std::uint32_t>(list.size())};
  return report_->code();
}

ErrorCode NodeArguments::read(const char* name, std::int64_t& value) {
  const ir::Argument& given = next();
  if (const auto* integer = std::get_if<std::int64_t>(&given))
    value = *integer;
  else if (const auto* flag = std::get_if<bool>(&given))
    value = *flag ? 1 : 0;
  else if (const auto* dtype = std::get_if<DType>(&given))
    value = static_cast<std::int64_t>(*dtype);
  else
    return misfit(name);
  return report_->code();
}

ErrorCode NodeArguments::read(const char* name, double& value) {
  const ir::Argument& given = next();
  if (const auto* number = std::get_if<double>(&given))
    value = *number;
  else if (const auto* integer = std::get_if<std::int64_t>(&given))
    value = static_cast<double>(*integer);
  else
    return misfit(name);
  return report_->code();
}

ErrorCode NodeArguments::read(const char* name, bool& value) {
  const ir::Argument& given = next();
  if (const auto* flag = std::get_if<bool>(&given))
    value = *flag;
  else if (const auto* integer = std::get_if<std::int64_t>(&given))
    value = *integer != 0;
  else
    return misfit(name);
  return report_->code();
}

ErrorCode NodeArguments::read(const char* name, ops::IntList& value) {
  const auto* given = std::get_if<std::vector<std::int64_t>>(&next());
  if (given == nullptr) return misfit(name);
  value.values = given->data();
  value.count = static_cast<std::uint32_t>(given->size());
  return report_->code();
}

ErrorCode NodeArguments::read(const char* name, ops::NumberList& value) {
  const auto* given = std::get_if<std::vector<double>>(&next());
  if (given == nullptr) return misfit(name);
  value.values = given->data();
  value.count = static_cast<std::uint32_t>(given->size());
  return report_->code();
}

ErrorCode NodeArguments::read(const char* name, ops::BoolList& value) {
  const auto* given = std::get_if<std::vector<bool>>(&next());
  if (given == nullptr) return misfit(name);
  bool* flags = flags_.emplace_back(std::make_unique<bool[]>(given->size())).get();
  for (std::size_t i = 0; i < given->size(); ++i) flags[i] = (*given)[i];
  value = {flags, static_cast<std::uint32_t>(given->size())};
  return report_->code();
}

ErrorCode NodeArguments::read(const char* name, ops::Scalar& value) {
  const ir::Argument& given = next();
  if (const auto* number = std::get_if<double>(&given))
    value.number = *number;
  else if (const auto* integer = std::get_if<std::int64_t>(&given))
    value.integer = *integer, value.is_integer = true;
  else if (const auto* flag = std::get_if<bool>(&given))
    value.integer = *flag ? 1 : 0, value.is_boolean = true;
  else
    return misfit(name);
  return report_->code();
}

ErrorCode NodeArguments::read(const char* name, ops::String& value) {
  const auto* given = std::get_if<std::string>(&next());
  if (given == nullptr) return misfit(name);
  value.text = given->data();
  value.length = static_cast<std::uint32_t>(given->size());
  return report_->code();
}

template <class Base, class T>
ErrorCode NodeArguments::optional(const char* name, T& value) {
  const std::size_t here = position_;
  if (next().is_none()) return report_->code();
  position_ = here;
  value.present = true;
  if constexpr (std::is_base_of_v<Base, T>)
    return read(name, static_cast<Base&>(value));
  else
    return static_cast<ArgumentReader&>(*this).read(name, value.value);
}

ErrorCode NodeArguments::read(const char* name, ops::OptionalTensor& value) {
  return optional<ops::Tensor>(name, value);
}
ErrorCode NodeArguments::read(const char* name, ops::OptionalIntList& value) {
  return optional<ops::IntList>(name, value);
}
ErrorCode NodeArguments::read(const char* name, ops::OptionalNumberList& value) {
  return optional<ops::NumberList>(name, value);
}
ErrorCode NodeArguments::read(const char* name, ops::OptionalScalar& value) {
  return optional<ops::Scalar>(name, value);
}
ErrorCode NodeArguments::read(const char* name, ops::OptionalString& value) {
  return optional<ops::String>(name, value);
}
ErrorCode NodeArguments::read(const char* name, ops::OptionalInt& value) { return optional<void>(name, value); }
ErrorCode NodeArguments::read(const char* name, ops::OptionalNumber& value) { return optional<void>(name, value); }
ErrorCode NodeArguments::read(const char* name, ops::OptionalDType& value) { return optional<void>(name, value); }

}  // namespace cortado::compiler
