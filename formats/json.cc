#include "formats/json.h"

#include <cmath>
#include <limits>

namespace cortado::formats {

Result<Json> parse_json(std::string_view text) {
  Json json = Json::parse(text, nullptr, /*allow_exceptions=*/false);
  if (json.is_discarded()) return input_error("the text is not valid JSON");
  return json;
}

const Json* find(const Json* object, const char* key) {
  if (object == nullptr || !object->is_object()) return nullptr;
  const auto found = object->find(key);
  return found == object->end() ? nullptr : &*found;
}

std::optional<std::int64_t> as_int(const Json* value) {
  if (value == nullptr || !value->is_number_integer()) return std::nullopt;
  if (value->is_number_unsigned() &&
      value->get<std::uint64_t>() > static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max()))
    return std::nullopt;
  return value->get<std::int64_t>();
}

std::optional<bool> as_bool(const Json* value) {
  if (value == nullptr || !value->is_boolean()) return std::nullopt;
  return value->get<bool>();
}

std::optional<double> as_double(const Json* value) {
  if (value == nullptr) return std::nullopt;
  if (value->is_number()) return value->get<double>();
  const std::string* text = as_string(value);
  if (text == nullptr) return std::nullopt;
  if (*text == "Infinity") return std::numeric_limits<double>::infinity();
  if (*text == "-Infinity") return -std::numeric_limits<double>::infinity();
  if (*text == "NaN") return std::numeric_limits<double>::quiet_NaN();
  return std::nullopt;
}

const std::string* as_string(const Json* value) {
  return value == nullptr ? nullptr : value->get_ptr<const std::string*>();
}

std::optional<Tagged> as_union(const Json* value) {
  if (value == nullptr || !value->is_object()) return std::nullopt;
  // Older writers spell out the absent kinds as null.
  std::optional<Tagged> chosen;
  for (auto member = value->begin(); member != value->end(); ++member) {
    if (member->is_null()) continue;
    if (chosen) return std::nullopt;
    chosen = Tagged{member.key(), &*member};
  }
  return chosen;
}

std::string excerpt(const Json& value) {
  constexpr std::size_t limit = 80;
  std::string text = value.dump(-1, ' ', true, Json::error_handler_t::replace);
  if (text.size() > limit) text = text.substr(0, limit) + "…";
  return text;
}

}  // namespace cortado::formats
