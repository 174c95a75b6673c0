#include "compiler/emit/arguments.h"

namespace cortado::compiler {
namespace {

using Kind = ops::Field::Kind;

Diagnostic misfit(const ops::Field& field) {
  return internal_error("its argument '" + std::string(field.name) + "' has not the kind that the operator takes");
}

std::vector<const ir::Value*> as_const(const ir::ValueList& list) { return {list.begin(), list.end()}; }

// PyTorch's arguments of type Tensor?[], which a program tells from Tensor[] even where all are given: `indices` of
// index and index_put, and no others.
bool is_optional_list(const ops::Field& field) { return field.kind == Kind::tensor_list && field.name == "indices"; }

// What an argument becomes, whatever the field; checked against it by the caller.
Result<pte::Index> encode(const ir::Argument& argument, const ops::Field& field, ValueTable& values) {
  const Kind kind = field.kind;
  if (argument.is_none()) return values.none();
  if (const auto* value = std::get_if<ir::Value*>(&argument)) return values.tensor(**value);
  if (const auto* list = std::get_if<ir::ValueList>(&argument))
    return is_optional_list(field) ? values.optional_tensors(as_const(*list)) : values.tensors(as_const(*list));
  if (const auto* flag = std::get_if<bool>(&argument))
    return kind == Kind::integer || kind == Kind::optional_integer ? values.integer(*flag ? 1 : 0)
                                                                   : values.boolean(*flag);
  if (const auto* integer = std::get_if<std::int64_t>(&argument))
    return kind == Kind::number || kind == Kind::optional_number ? values.number(static_cast<double>(*integer))
           : kind == Kind::boolean                               ? values.boolean(*integer != 0)
                                                                 : values.integer(*integer);
  if (const auto* number = std::get_if<double>(&argument)) return values.number(*number);
  if (const auto* text = std::get_if<std::string>(&argument)) return values.string(*text);
  if (const auto* integers = std::get_if<std::vector<std::int64_t>>(&argument)) return values.integers(*integers);
  if (const auto* numbers = std::get_if<std::vector<double>>(&argument)) return values.numbers(*numbers);
  if (const auto* flags = std::get_if<std::vector<bool>>(&argument)) return values.booleans(*flags);
  return values.integer(static_cast<std::int64_t>(std::get<DType>(argument)));
}

template <class... T>
bool is_any(const ir::Argument& argument) {
  return (std::holds_alternative<T>(argument) || ...);
}

bool fits(const ir::Argument& argument, Kind kind) {
  switch (kind) {
    case Kind::optional_tensor: return argument.is_none() || fits(argument, Kind::tensor);
    case Kind::optional_integer: return argument.is_none() || fits(argument, Kind::integer);
    case Kind::optional_number: return argument.is_none() || fits(argument, Kind::number);
    case Kind::optional_int_list: return argument.is_none() || fits(argument, Kind::int_list);
    case Kind::optional_number_list: return argument.is_none() || fits(argument, Kind::number_list);
    case Kind::optional_scalar: return argument.is_none() || fits(argument, Kind::scalar);
    case Kind::optional_string: return argument.is_none() || fits(argument, Kind::string);
    case Kind::optional_dtype: return argument.is_none() || fits(argument, Kind::dtype);
    case Kind::tensor: {
      const auto* value = std::get_if<ir::Value*>(&argument);
      return value != nullptr && *value != nullptr;
    }
    case Kind::tensor_list: return is_any<ir::ValueList>(argument);
    case Kind::integer:
    case Kind::boolean: return is_any<std::int64_t, bool>(argument);
    case Kind::number: return is_any<std::int64_t, double>(argument);
    case Kind::int_list: return is_any<std::vector<std::int64_t>>(argument);
    case Kind::number_list: return is_any<std::vector<double>>(argument);
    case Kind::bool_list: return is_any<std::vector<bool>>(argument);
    case Kind::scalar: return is_any<std::int64_t, double, bool>(argument);
    case Kind::string: return is_any<std::string>(argument);
    case Kind::dtype: return is_any<DType, std::int64_t>(argument);
  }
  return false;
}

}  // namespace

Result<std::vector<pte::Index>> call_arguments(const ir::Node& node, const ops::WireOperator& wire,
                                               ValueTable& values) {
  std::vector<pte::Index> arguments;
  const std::size_t inputs = wire.fields.size() - wire.outputs;
  const ir::Argument none;
  for (std::size_t i = 0; i < inputs; ++i) {
    const ops::Field& field = wire.fields[i];
    const ir::Argument* given = node.find(field.name);
    const ir::Argument& argument = given != nullptr ? *given : none;
    if (!fits(argument, field.kind)) return misfit(field);
    CORTADO_TRY(const pte::Index index, encode(argument, field, values));
    arguments.push_back(index);
  }
  const std::vector<const ir::Value*> results(node.outputs.begin(), node.outputs.end());
  if (wire.outputs == 1 && wire.fields.back().kind == Kind::tensor_list) {
    CORTADO_TRY(const pte::Index list, values.tensors(results));
    arguments.insert(arguments.end(), {list, list});
    return arguments;
  }
  if (results.size() != wire.outputs) return internal_error("it has not as many results as the operator");
  for (const ir::Value* result : results) {
    CORTADO_TRY(const pte::Index index, values.tensor(*result));
    arguments.push_back(index);
  }
  if (results.size() == 1) {
    arguments.push_back(arguments.back());
  } else {
    CORTADO_TRY(const pte::Index list, values.tensors(results));
    arguments.push_back(list);
  }
  return arguments;
}

}  // namespace cortado::compiler
