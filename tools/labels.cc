#include "tools/labels.h"

#include <algorithm>
#include <charconv>
#include <optional>

#include "support/atomic_file.h"

namespace cortado::tools {
namespace {

// The cells of one line. A cell in quotes may hold commas, and quotes written twice.
std::vector<std::string> split(const std::string& line) {
  std::vector<std::string> cells(1);
  bool quoted = false;
  for (std::size_t i = 0; i < line.size(); ++i) {
    const char c = line[i];
    if (c == '"' && quoted && i + 1 < line.size() && line[i + 1] == '"') {
      cells.back() += c;
      ++i;
    } else if (c == '"') {
      quoted = !quoted;
    } else if (c == ',' && !quoted) {
      cells.emplace_back();
    } else if (c != '\r') {
      cells.back() += c;
    }
  }
  return cells;
}

std::vector<std::string> lines_of(const std::vector<std::uint8_t>& bytes) {
  std::vector<std::string> lines(1);
  for (const std::uint8_t byte : bytes) {
    if (byte == '\n')
      lines.emplace_back();
    else
      lines.back() += static_cast<char>(byte);
  }
  while (!lines.empty() && lines.back().empty()) lines.pop_back();
  return lines;
}

std::optional<std::size_t> column(const std::vector<std::string>& header, const std::string& name) {
  const auto found = std::find(header.begin(), header.end(), name);
  if (found == header.end()) return {};
  return static_cast<std::size_t>(found - header.begin());
}

bool lies_in(const std::filesystem::path& file, const std::filesystem::path& folder) {
  if (folder.empty()) return true;
  const auto relative = file.lexically_relative(folder);
  return !relative.empty() && *relative.begin() != "..";
}

}  // namespace

Result<std::vector<Label>> read_labels(const std::filesystem::path& csv, const std::filesystem::path& folder) {
  CORTADO_TRY(const auto bytes, read_file(csv, std::uint64_t{1} << 28));
  const std::vector<std::string> lines = lines_of(bytes);
  const std::vector<std::string> header = lines.empty() ? std::vector<std::string>() : split(lines[0]);
  const auto file = column(header, "file"), index = column(header, "class_index"), name = column(header, "name");
  if (!file || !index) return input_error(csv.string() + ": the first line must name the columns file and class_index");
  std::error_code ignored;
  const auto wanted = folder.empty() ? folder : std::filesystem::weakly_canonical(folder, ignored);
  std::vector<Label> labels;
  for (std::size_t i = 1; i < lines.size(); ++i) {
    const std::vector<std::string> cells = split(lines[i]);
    const std::string where = csv.string() + ":" + std::to_string(i + 1);
    if (cells.size() <= std::max(*file, *index)) return input_error(where + ": has too few columns");
    Label label;
    label.file = std::filesystem::weakly_canonical(csv.parent_path() / cells[*file], ignored);
    const std::string& number = cells[*index];
    const auto [end, error] = std::from_chars(number.data(), number.data() + number.size(), label.class_index);
    if (error != std::errc() || end != number.data() + number.size())
      return input_error(where + ": '" + number + "' is not a class index");
    if (name && *name < cells.size()) label.name = cells[*name];
    if (lies_in(label.file, wanted)) labels.push_back(std::move(label));
  }
  if (labels.empty()) return input_error(csv.string() + ": has no file in " + folder.string());
  return labels;
}

}  // namespace cortado::tools
