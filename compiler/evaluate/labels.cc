#include "compiler/evaluate/labels.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <fstream>
#include <iterator>
#include <optional>

namespace cortado::compiler {
namespace {

using Fields = std::vector<std::string>;

// nullopt: a quote that is not closed, or text after a closed one.
std::optional<Fields> split(std::string_view line) {
  Fields fields(1);
  bool quoted = false;
  for (std::size_t i = 0; i < line.size(); ++i) {
    std::string& field = fields.back();
    if (quoted && line[i] == '"' && i + 1 < line.size() && line[i + 1] == '"') {
      field += '"';
      ++i;
    } else if (quoted && line[i] == '"') {
      quoted = false;
      if (i + 1 < line.size() && line[i + 1] != ',') return std::nullopt;
    } else if (!quoted && line[i] == '"' && field.empty()) {
      quoted = true;
    } else if (!quoted && line[i] == ',') {
      fields.emplace_back();
    } else {
      field += line[i];
    }
  }
  return quoted ? std::nullopt : std::optional(fields);
}

bool is_header(const Fields& fields) {
  return fields.size() >= 2 && fields[0] == "file" && fields[1] == "class_index" &&
         (fields.size() == 2 || fields[2] == "name");
}

std::optional<Label> label_of(const Fields& fields) {
  if (fields.size() < 2 || fields[0].empty()) return std::nullopt;
  Label label{fields[0], 0, fields.size() > 2 ? fields[2] : ""};
  const char* end = fields[1].data() + fields[1].size();
  const auto [stop, error] = std::from_chars(fields[1].data(), end, label.class_index);
  return error == std::errc() && stop == end && label.class_index >= 0 ? std::optional(label) : std::nullopt;
}

}  // namespace

Result<std::vector<Label>> parse_labels(std::string_view csv) {
  std::vector<Label> labels;
  bool has_header = false;
  for (std::size_t number = 1, start = 0; start < csv.size(); ++number) {
    const std::size_t end = std::min(csv.find('\n', start), csv.size());
    std::string_view line = csv.substr(start, end - start);
    start = end + 1;
    if (number == 1 && line.starts_with("\xef\xbb\xbf")) line.remove_prefix(3);
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (line.empty()) continue;
    const std::optional<Fields> fields = split(line);
    if (!has_header) {
      if (!fields || !is_header(*fields))
        return input_error(
            fmt::format("line {}: the first line must be \"file,class_index\" or \"file,class_index,name\"", number));
      has_header = true;
      continue;
    }
    const std::optional<Label> label = fields ? label_of(*fields) : std::nullopt;
    if (!label)
      return input_error(fmt::format("line {}: expected a file and a class number, separated by a comma", number));
    labels.push_back(*label);
  }
  if (labels.empty()) return input_error("there are no labels");
  return labels;
}

Result<std::vector<Label>> read_labels(const std::filesystem::path& csv) {
  std::ifstream stream(csv, std::ios::binary);
  const std::string text(std::istreambuf_iterator<char>(stream), {});
  if (!stream.is_open() || stream.bad()) return input_error(fmt::format("cannot read {}", csv.string()));
  auto labels = parse_labels(text);
  if (!labels) return std::move(labels).error().in(csv.string());
  for (Label& label : labels.value()) label.file = csv.parent_path() / label.file;
  return labels;
}

}  // namespace cortado::compiler
