#include "ops/schema.h"

#include <array>
#include <cassert>
#include <charconv>
#include <string>

namespace cortado::ops {
namespace {

using Kind = ParameterKind;

struct TypeName {
  std::string_view text;
  Kind kind;
  std::string_view description;
};
constexpr std::array<TypeName, 15> type_names = {{{"Tensor", Kind::tensor, "a tensor"},
                                                  {"TensorOrNumber", Kind::tensor_or_number, "a tensor or a number"},
                                                  {"Tensor[]", Kind::tensors, "a list of tensors"},
                                                  {"Tensor?[]", Kind::optional_tensors, "a list of tensors or None"},
                                                  {"int", Kind::integer, "an integer"},
                                                  {"SymInt", Kind::integer, "an integer"},
                                                  {"float", Kind::number, "a number"},
                                                  {"Scalar", Kind::number, "a number"},
                                                  {"bool", Kind::boolean, "a boolean"},
                                                  {"int[]", Kind::integers, "a list of integers"},
                                                  {"SymInt[]", Kind::integers, "a list of integers"},
                                                  {"float[]", Kind::numbers, "a list of numbers"},
                                                  {"bool[]", Kind::booleans, "a list of booleans"},
                                                  {"str", Kind::text, "a string"},
                                                  {"ScalarType", Kind::dtype, "an element type"}}};

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
  return text;
}

// "Tensor(a!)" → "Tensor", "int[2]" → "int[]".
std::string plain_type(std::string_view text) {
  std::string plain;
  bool aliasing = false;
  for (char c : text) {
    if (c == '(') aliasing = true;
    if (!aliasing && (c < '0' || c > '9')) plain += c;
    if (c == ')') aliasing = false;
  }
  return plain;
}

ir::Argument list_value(std::string_view text, Kind kind) {
  std::vector<std::int64_t> values;
  while (!text.empty()) {
    std::int64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    assert(error == std::errc());
    values.push_back(value);
    text.remove_prefix(static_cast<std::size_t>(end - text.data()));
    while (!text.empty() && (text.front() == ',' || text.front() == ' ')) text.remove_prefix(1);
  }
  if (kind == Kind::numbers) return std::vector<double>(values.begin(), values.end());
  return values;
}

ir::Argument default_value(std::string_view text, Kind kind) {
  if (text == "None") return ir::None{};
  if (text == "True" || text == "False") return text == "True";
  if (text.front() == '[') return list_value(text.substr(1, text.size() - 2), kind);
  if (text.front() == '"' || text.front() == '\'') return std::string(text.substr(1, text.size() - 2));
  if (text == "Mean") return std::int64_t{1};  // torch.nn's reduction
  if (kind == Kind::number) {
    double value = 0;
    std::from_chars(text.data(), text.data() + text.size(), value);
    return value;
  }
  std::int64_t value = 0;
  std::from_chars(text.data(), text.data() + text.size(), value);
  if (kind == Kind::integers) return std::vector<std::int64_t>{value};
  return value;
}

Parameter parameter(std::string_view text) {
  const std::size_t space = text.find(' ');
  assert(space != std::string_view::npos);
  std::string type = plain_type(text.substr(0, space));
  std::string_view name = text.substr(space + 1);
  Parameter result;
  if (!type.empty() && type.back() == '?') {
    type.pop_back();
    result.optional = true;
  }
  for (const TypeName& entry : type_names)
    if (entry.text == type) result.kind = entry.kind;
  if (const std::size_t equals = name.find('='); equals != std::string_view::npos) {
    result.default_value = default_value(name.substr(equals + 1), result.kind);
    name = name.substr(0, equals);
  }
  result.name = name;
  return result;
}

}  // namespace

std::vector<Parameter> schema(std::string_view text) {
  std::vector<Parameter> parameters;
  std::size_t start = 0;
  int depth = 0;
  for (std::size_t i = 0; i <= text.size(); ++i) {
    if (i < text.size() && (text[i] == '[' || text[i] == '(')) ++depth;
    if (i < text.size() && (text[i] == ']' || text[i] == ')')) --depth;
    if (i < text.size() && (text[i] != ',' || depth > 0)) continue;
    const std::string_view part = trimmed(text.substr(start, i - start));
    if (!part.empty() && part != "*") parameters.push_back(parameter(part));
    start = i + 1;
  }
  return parameters;
}

bool accepts(const Parameter& parameter, const ir::Argument& argument) {
  const auto holds = [&]<class... T>(std::type_identity<T>...) { return (std::holds_alternative<T>(argument) || ...); };
  using Integers = std::vector<std::int64_t>;
  const auto* integers = std::get_if<Integers>(&argument);
  const bool empty_list = integers != nullptr && integers->empty();
  if (argument.is_none()) return parameter.optional || parameter.kind == Kind::any;
  switch (parameter.kind) {
    case Kind::any: return true;
    case Kind::tensor: {
      const auto* value = std::get_if<ir::Value*>(&argument);
      return value != nullptr && (*value != nullptr || parameter.optional);
    }
    case Kind::tensor_or_number: {
      const auto* value = std::get_if<ir::Value*>(&argument);
      return value != nullptr
                 ? *value != nullptr
                 : holds(std::type_identity<double>{}, std::type_identity<std::int64_t>{}, std::type_identity<bool>{});
    }
    case Kind::tensors:
    case Kind::optional_tensors: {
      const auto* list = std::get_if<ir::ValueList>(&argument);
      if (list == nullptr) return empty_list;
      for (const ir::Value* value : *list)
        if (value == nullptr && parameter.kind == Kind::tensors) return false;
      return true;
    }
    case Kind::integer:
    case Kind::boolean: return holds(std::type_identity<std::int64_t>{}, std::type_identity<bool>{});
    case Kind::number:
      return holds(std::type_identity<double>{}, std::type_identity<std::int64_t>{}, std::type_identity<bool>{});
    case Kind::integers: return holds(std::type_identity<Integers>{}, std::type_identity<std::int64_t>{});
    case Kind::numbers:
      return empty_list || holds(std::type_identity<std::vector<double>>{}, std::type_identity<Integers>{});
    case Kind::booleans: return empty_list || holds(std::type_identity<std::vector<bool>>{});
    case Kind::text: return holds(std::type_identity<std::string>{});
    case Kind::dtype: return holds(std::type_identity<DType>{});
  }
  return false;
}

std::string_view describe(ParameterKind kind) {
  for (const TypeName& entry : type_names)
    if (entry.kind == kind) return entry.description;
  return "any value";
}

}  // namespace cortado::ops
