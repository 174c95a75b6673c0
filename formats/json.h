// Reading JSON whose content is not trusted: every access says what is missing instead of throwing.
#pragma once

#include <cstdint>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>

#include "support/result.h"

namespace cortado::formats {

using Json = nlohmann::json;

// An input error ("… is not valid JSON") for text that is not.
Result<Json> parse_json(std::string_view text);

// The member `key`; null when `object` is null, is no object, or has no such member.
const Json* find(const Json* object, const char* key);
inline const Json* find(const Json& object, const char* key) { return find(&object, key); }

// The value, when it is there and of that kind. Integers that do not fit 64 signed bits are not there.
std::optional<std::int64_t> as_int(const Json* value);
std::optional<bool> as_bool(const Json* value);
// Any JSON number, or the strings "Infinity", "-Infinity" and "NaN", which torch.export writes for those.
std::optional<double> as_double(const Json* value);
const std::string* as_string(const Json* value);  // null when absent

// A union, as torch.export serialises them: an object with one member, named after the kind.
struct Tagged {
  std::string_view tag;
  const Json* value = nullptr;
};
std::optional<Tagged> as_union(const Json* value);

// "[…]" or "{…}" cut to a length fit for a message.
std::string excerpt(const Json& value);

}  // namespace cortado::formats
