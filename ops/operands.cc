#include "ops/operands.h"

#include <algorithm>

#include "ops/schema.h"

namespace cortado::ops {
namespace {
const ir::Argument none_argument{};
}

Status Operands::check() const {
  for (const ir::NamedArgument& given : node_->arguments)
    if (std::none_of(schema_->begin(), schema_->end(), [&](const Parameter& p) { return p.name == given.name; }))
      return input_error(node_->op + " has no argument '" + given.name + "'");
  for (const Parameter& parameter : *schema_)
    if (!parameter.default_value && node_->find(parameter.name) == nullptr)
      return input_error(node_->op + " lacks its argument '" + std::string(parameter.name) + "'");
  for (const Parameter& parameter : *schema_)
    if (const ir::Argument* given = node_->find(parameter.name); given != nullptr && !accepts(parameter, *given))
      return input_error("argument '" + std::string(parameter.name) + "' of " + node_->op + " must be " +
                         std::string(describe(parameter.kind)));
  return {};
}

const ir::Argument& Operands::argument(std::string_view name) const {
  if (const ir::Argument* given = node_->find(name)) return *given;
  for (const Parameter& parameter : *schema_)
    if (parameter.name == name && parameter.default_value) return *parameter.default_value;
  return none_argument;
}

bool Operands::has(std::string_view name) const { return !argument(name).is_none(); }

ir::Value* Operands::value(std::string_view name) const {
  const auto* value = std::get_if<ir::Value*>(&argument(name));
  return value != nullptr ? *value : nullptr;
}

ir::ValueList Operands::values(std::string_view name) const {
  const auto* list = std::get_if<ir::ValueList>(&argument(name));
  if (list != nullptr) return *list;
  ir::Value* single = value(name);
  return single != nullptr ? ir::ValueList{single} : ir::ValueList{};
}

std::int64_t Operands::integer(std::string_view name) const {
  const ir::Argument& found = argument(name);
  if (const auto* integer = std::get_if<std::int64_t>(&found)) return *integer;
  if (const auto* flag = std::get_if<bool>(&found)) return *flag ? 1 : 0;
  if (const auto* number = std::get_if<double>(&found)) return static_cast<std::int64_t>(*number);
  return 0;
}

double Operands::number(std::string_view name) const {
  const ir::Argument& found = argument(name);
  if (const auto* number = std::get_if<double>(&found)) return *number;
  return static_cast<double>(integer(name));
}

bool Operands::flag(std::string_view name) const { return integer(name) != 0; }

std::string Operands::text(std::string_view name) const {
  const auto* text = std::get_if<std::string>(&argument(name));
  return text != nullptr ? *text : std::string();
}

std::vector<std::int64_t> Operands::integers(std::string_view name, std::size_t count) const {
  const ir::Argument& found = argument(name);
  std::vector<std::int64_t> list;
  if (const auto* given = std::get_if<std::vector<std::int64_t>>(&found)) list = *given;
  if (std::holds_alternative<std::int64_t>(found)) list = {std::get<std::int64_t>(found)};
  if (list.size() == 1 && count > 1) list.assign(count, list[0]);
  return list;
}

std::vector<double> Operands::numbers(std::string_view name) const {
  const ir::Argument& found = argument(name);
  if (const auto* list = std::get_if<std::vector<double>>(&found)) return *list;
  if (const auto* list = std::get_if<std::vector<std::int64_t>>(&found)) return {list->begin(), list->end()};
  if (std::holds_alternative<double>(found) || std::holds_alternative<std::int64_t>(found)) return {number(name)};
  return {};
}

std::optional<DType> Operands::dtype(std::string_view name) const {
  const auto* dtype = std::get_if<DType>(&argument(name));
  return dtype != nullptr ? std::optional(*dtype) : std::nullopt;
}

std::size_t Operands::dimension(std::int64_t dim, std::size_t rank) {
  const auto count = static_cast<std::int64_t>(std::max<std::size_t>(rank, 1));
  return static_cast<std::size_t>(dim < 0 ? dim + count : dim);
}

}  // namespace cortado::ops
