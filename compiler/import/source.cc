#include "compiler/import/source.h"

#include <charconv>
#include <vector>

namespace cortado::compiler {
namespace {

std::string_view next_line(std::string_view& text) {
  const std::size_t end = text.find('\n');
  const std::string_view line = text.substr(0, end);
  text = end == std::string_view::npos ? std::string_view() : text.substr(end + 1);
  return line;
}

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\r')) text.remove_suffix(1);
  return text;
}

// `  File "net.py", line 31, in forward`; false for any other line.
bool read_frame(std::string_view line, ir::Source& source) {
  constexpr std::string_view opening = "File \"";
  constexpr std::string_view middle = "\", line ";
  line = trimmed(line);
  if (line.substr(0, opening.size()) != opening) return false;
  line.remove_prefix(opening.size());
  const std::size_t quote = line.find(middle);
  if (quote == std::string_view::npos) return false;
  source.file = std::string(line.substr(0, quote));
  line.remove_prefix(quote + middle.size());
  return std::from_chars(line.data(), line.data() + line.size(), source.line).ec == std::errc();
}

// 0: torch itself or generated code, 1: an installed package, 2: the user's own.
int closeness(std::string_view file) {
  if (file.empty() || file.front() == '<') return 0;
  const std::size_t packages = file.find("-packages/");  // site-packages, dist-packages
  if (packages == std::string_view::npos) return 2;
  return file.substr(packages).find("-packages/torch/") == 0 ? 0 : 1;
}

// The path of the innermost module: "features.0.1". Types may hold commas within brackets; the path is before them.
std::string innermost_module(std::string_view stack) {
  const std::size_t last = stack.rfind(';');
  std::string_view entry = last == std::string_view::npos ? stack : stack.substr(last + 1);
  int depth = 0;
  std::vector<std::size_t> commas;
  for (std::size_t i = 0; i < entry.size(); ++i) {
    if (entry[i] == '(' || entry[i] == '[') ++depth;
    if (entry[i] == ')' || entry[i] == ']') --depth;
    if (entry[i] == ',' && depth == 0) commas.push_back(i);
  }
  if (commas.size() < 2) return {};
  return std::string(entry.substr(commas[0] + 1, commas[1] - commas[0] - 1));
}

}  // namespace

ir::Source read_source(std::string_view stack_trace, std::string_view module_stack) {
  ir::Source best;
  int best_closeness = 0;
  while (!stack_trace.empty()) {
    ir::Source frame;
    if (!read_frame(next_line(stack_trace), frame)) continue;
    const int closeness_here = closeness(frame.file);
    if (closeness_here == 0 || closeness_here < best_closeness) continue;
    std::string_view following = stack_trace;
    const std::string_view code = trimmed(next_line(following));
    ir::Source ignored;
    if (!read_frame(code, ignored)) frame.code = std::string(code);
    best = std::move(frame);
    best_closeness = closeness_here;
  }
  best.module = innermost_module(module_stack);
  return best;
}

}  // namespace cortado::compiler
