#include "compiler/calibrate/ranges_file.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <nlohmann/json.hpp>
#include <optional>
#include <sstream>

namespace cortado::compiler {
namespace {

using nlohmann::json;

constexpr const char* format_name = "cortado.ranges";
constexpr std::int64_t format_version = 1;

// fmt prints the shortest digits that read back as the same double, in any locale.
std::string number(double x) { return fmt::format("{}", x); }
std::string pair(Interval x) { return fmt::format("[{}, {}]", number(x.lo), number(x.hi)); }
std::string quoted(const std::string& text) { return json(text).dump(-1, ' ', false, json::error_handler_t::replace); }

std::string list(const std::vector<double>& numbers) {
  std::string text;
  for (const double x : numbers) text += (text.empty() ? "" : ", ") + number(x);
  return "[" + text + "]";
}

Diagnostic damaged(const std::string& where, const std::string& expected) {
  return input_error(fmt::format("{} must be {}", where, expected),
                     "docs/ranges.md describes the file; 'cortado calibrate' writes it");
}

// Null when the member is missing.
const json* member(const json& object, const char* name) {
  if (!object.is_object()) return nullptr;
  const auto found = object.find(name);
  return found != object.end() ? &*found : nullptr;
}

std::optional<double> finite_number(const json* node) {
  const auto* real = node != nullptr ? node->get_ptr<const json::number_float_t*>() : nullptr;
  if (real != nullptr) return std::isfinite(*real) ? std::optional(*real) : std::nullopt;
  if (node == nullptr || !node->is_number_integer()) return std::nullopt;
  const auto* natural = node->get_ptr<const json::number_unsigned_t*>();
  return natural != nullptr ? static_cast<double>(*natural)
                            : static_cast<double>(*node->get_ptr<const json::number_integer_t*>());
}

std::optional<std::int64_t> whole_number(const json* node, std::int64_t lowest, std::int64_t highest) {
  const std::optional<double> real = finite_number(node);
  if (!real || !node->is_number_integer()) return std::nullopt;
  if (*real < static_cast<double>(lowest) || *real > static_cast<double>(highest)) return std::nullopt;
  return static_cast<std::int64_t>(*real);
}

Result<std::string> text(const json& file, const char* name) {
  const json* node = member(file, name);
  if (node == nullptr || !node->is_string()) return damaged(fmt::format("\"{}\"", name), "a string");
  return *node->get_ptr<const std::string*>();
}

Result<Interval> interval(const json& value, const std::string& name, const char* key) {
  const json* node = member(value, key);
  const bool is_pair = node != nullptr && node->is_array() && node->size() == 2;
  const auto lo = is_pair ? finite_number(&(*node)[0]) : std::nullopt;
  const auto hi = is_pair ? finite_number(&(*node)[1]) : std::nullopt;
  if (!lo || !hi || *lo > *hi)
    return damaged(fmt::format("\"{}\" of value '{}'", key, name), "two finite numbers, the smaller first");
  return Interval{*lo, *hi};
}

Status read_values(const json& file, Ranges& ranges) {
  const json* values = member(file, "values");
  if (values == nullptr || !values->is_object()) return damaged("\"values\"", "an object");
  for (auto entry = values->begin(); entry != values->end(); ++entry) {
    CORTADO_TRY(const Interval range, interval(entry.value(), entry.key(), "range"));
    CORTADO_TRY(const Interval observed, interval(entry.value(), entry.key(), "observed"));
    ranges.values[entry.key()] = {range, observed};
  }
  return {};
}

// Null where there is none, or an entry is no finite number.
std::optional<std::vector<double>> finite_numbers(const json* node) {
  if (node == nullptr || !node->is_array()) return std::nullopt;
  std::vector<double> numbers;
  for (const json& entry : *node) {
    const auto number = finite_number(&entry);
    if (!number) return std::nullopt;
    numbers.push_back(*number);
  }
  return numbers;
}

// Only the thorough recipe has them.
Status read_gains(const json& file, Ranges& ranges) {
  const json* all = member(file, "gains");
  if (all == nullptr) return {};
  if (!all->is_object()) return damaged("\"gains\"", "an object");
  for (auto entry = all->begin(); entry != all->end(); ++entry) {
    auto gains = finite_numbers(&entry.value());
    if (!gains || gains->empty() || !std::all_of(gains->begin(), gains->end(), [](double gain) { return gain > 0; }))
      return damaged(fmt::format("the gains of '{}'", entry.key()), "a list of numbers above 0");
    ranges.gains[entry.key()] = *std::move(gains);
  }
  return {};
}

// One letter a weight: '.' for the nearest integer, 'A' … 'Z' for 1 … 26 steps above it, 'a' … 'z' for as many below.
char letter(std::int8_t steps) {
  return static_cast<char>(steps == 0 ? '.' : steps > 0 ? 'A' + steps - 1 : 'a' - steps - 1);
}
std::optional<std::int8_t> steps_of(char letter) {
  if (letter == '.') return std::int8_t{0};
  if (letter >= 'A' && letter <= 'Z') return static_cast<std::int8_t>(letter - 'A' + 1);
  if (letter >= 'a' && letter <= 'z') return static_cast<std::int8_t>('a' - letter - 1);
  return std::nullopt;
}
std::string letters(const std::vector<std::int8_t>& rounding) {
  std::string text;
  for (const std::int8_t steps : rounding) text += letter(steps);
  return text;
}

// May be absent: all weights go to the nearest integer.
Status read_roundings(const json& file, Ranges& ranges) {
  const json* all = member(file, "roundings");
  if (all == nullptr) return {};
  if (!all->is_object()) return damaged("\"roundings\"", "an object");
  for (auto entry = all->begin(); entry != all->end(); ++entry) {
    const auto* text = entry.value().get_ptr<const json::string_t*>();
    std::vector<std::int8_t>& rounding = ranges.roundings[entry.key()];
    bool fits = text != nullptr;
    for (std::size_t i = 0; fits && i < text->size(); ++i) {
      const auto steps = steps_of((*text)[i]);
      fits = steps.has_value();
      rounding.push_back(steps.value_or(0));
    }
    if (!fits) return damaged(fmt::format("the roundings of '{}'", entry.key()), "a string of letters and dots");
  }
  return {};
}

Status read_means(const json& file, Ranges& ranges) {
  const json* all = member(file, "channel_means");
  if (all == nullptr || !all->is_object()) return damaged("\"channel_means\"", "an object");
  for (auto entry = all->begin(); entry != all->end(); ++entry) {
    constexpr std::int64_t highest_rank = 64;
    const auto axis = whole_number(member(entry.value(), "axis"), -highest_rank, highest_rank);
    if (!axis) return damaged(fmt::format("\"axis\" of the means of '{}'", entry.key()), "a small whole number");
    ChannelMeans& means = ranges.channel_means[entry.key()];
    means.axis = static_cast<int>(*axis);
    auto numbers = finite_numbers(member(entry.value(), "means"));
    if (!numbers) return damaged(fmt::format("\"means\" of '{}'", entry.key()), "a list of finite numbers");
    means.means = *std::move(numbers);
  }
  return {};
}

// A member that is only there when it has entries.
template <class Map, class Print>
std::string section(const Map& entries, const char* name, Print print) {
  if (entries.empty()) return "";
  std::string text = fmt::format(",\n  \"{}\": {{", name);
  const char* separator = "\n";
  for (const auto& [key, value] : entries) {
    text += fmt::format("{}    {}: {}", separator, quoted(key), print(value));
    separator = ",\n";
  }
  return text + "\n  }";
}

}  // namespace

std::string to_json(const Ranges& ranges) {
  std::string text = fmt::format(
      "{{\n  \"format\": \"{}\",\n  \"version\": {},\n  \"model\": {},\n  \"recipe\": {},\n  \"samples\": {},\n"
      "  \"synthetic\": {},\n  \"values\": {{",
      format_name, format_version, quoted(ranges.model), quoted(ranges.recipe), ranges.samples, ranges.synthetic);
  const char* separator = "\n";
  for (const auto& [name, value] : ranges.values) {
    text += fmt::format("{}    {}: {{\"range\": {}, \"observed\": {}}}", separator, quoted(name), pair(value.range),
                        pair(value.observed));
    separator = ",\n";
  }
  text += "\n  },\n  \"channel_means\": {";
  separator = "\n";
  for (const auto& [name, means] : ranges.channel_means) {
    text += fmt::format("{}    {}: {{\"axis\": {}, \"means\": {}}}", separator, quoted(name), means.axis,
                        list(means.means));
    separator = ",\n";
  }
  text += "\n  }";
  text += section(ranges.gains, "gains", [](const std::vector<double>& gains) { return list(gains); });
  text += section(ranges.roundings, "roundings", [](const auto& rounding) { return quoted(letters(rounding)); });
  return text + "\n}\n";
}

Result<Ranges> ranges_from_json(std::string_view content) {
  const json file = json::parse(content, nullptr, false);
  if (file.is_discarded())
    return input_error("this is not JSON, or only a part of it", "'cortado calibrate' writes it anew");
  CORTADO_TRY(const std::string format, text(file, "format"));
  if (format != format_name) return damaged("\"format\"", fmt::format("\"{}\"", format_name));
  if (whole_number(member(file, "version"), format_version, format_version) != format_version)
    return damaged("\"version\"", std::to_string(format_version));
  Ranges ranges;
  CORTADO_TRY(ranges.model, text(file, "model"));
  CORTADO_TRY(ranges.recipe, text(file, "recipe"));
  const auto samples = whole_number(member(file, "samples"), 1, std::int64_t{1} << 53);
  if (!samples) return damaged("\"samples\"", "a whole number above 0");
  ranges.samples = static_cast<std::size_t>(*samples);
  const json* synthetic = member(file, "synthetic");
  if (synthetic == nullptr || !synthetic->is_boolean()) return damaged("\"synthetic\"", "true or false");
  ranges.synthetic = *synthetic->get_ptr<const bool*>();
  CORTADO_CHECK(read_values(file, ranges));
  CORTADO_CHECK(read_means(file, ranges));
  CORTADO_CHECK(read_gains(file, ranges));
  CORTADO_CHECK(read_roundings(file, ranges));
  return ranges;
}

Status write_ranges(const Ranges& ranges, const std::filesystem::path& file) {
  std::ofstream stream(file, std::ios::binary);
  stream << to_json(ranges);
  stream.close();
  if (!stream) {
    std::error_code ignored;
    if (std::filesystem::is_regular_file(file, ignored)) std::filesystem::remove(file, ignored);  // no partial file
    return input_error(fmt::format("cannot write {}", file.string()),
                       "is the folder there, and is there room on the disk?");
  }
  return {};
}

Result<Ranges> read_ranges(const std::filesystem::path& file) {
  std::ifstream stream(file, std::ios::binary);
  std::ostringstream content;
  if (stream) content << stream.rdbuf();
  if (!stream || stream.bad() || !content) return input_error(fmt::format("cannot read {}", file.string()));
  auto ranges = ranges_from_json(content.str());
  if (!ranges) return std::move(ranges).error().in(file.string());
  return ranges;
}

}  // namespace cortado::compiler
