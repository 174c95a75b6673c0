#include "boards/emulator/sources.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <sstream>

#include "boards/emulator/files.h"

namespace cortado::boards {

namespace fs = std::filesystem;

Result<SourceTree> SourceTree::open() {
  const char* variable = std::getenv("CORTADO_HOME");
  const fs::path home = variable != nullptr && *variable != '\0' ? variable : CORTADO_SOURCE_DIR;
  std::error_code error;
  if (!fs::exists(home / "boards/target/board.h", error))
    return input_error(fmt::format("the firmware's sources are not in {}", home.string()),
                       "set CORTADO_HOME to a checkout of cortado");
  return SourceTree(fs::absolute(home, error));
}

// Reads the file and finds its #include "…"; those that are not in the tree are the system's.
Status SourceTree::load(const std::string& file) {
  if (text_.contains(file)) return {};
  CORTADO_TRY(std::string text, read_text(home_ / file));
  std::vector<std::string> found;
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    constexpr std::string_view begin = "#include \"";
    if (!line.starts_with(begin)) continue;
    const std::string name = line.substr(begin.size(), line.find('"', begin.size()) - begin.size());
    std::error_code ignored;
    if (fs::is_regular_file(home_ / name, ignored)) found.push_back(name);
  }
  text_.emplace(file, std::move(text));
  direct_.emplace(file, std::move(found));
  return {};
}

Result<std::set<std::string>> SourceTree::includes(const std::string& file) {
  std::set<std::string> seen;
  std::vector<std::string> waiting = {file};
  while (!waiting.empty()) {
    const std::string next = waiting.back();
    waiting.pop_back();
    if (!seen.insert(next).second) continue;
    CORTADO_CHECK(load(next));
    for (const std::string& header : direct_.at(next)) waiting.push_back(header);
  }
  return seen;
}

Result<std::set<std::string>> SourceTree::with_implementations(const std::vector<std::string>& files) {
  std::set<std::string> sources;
  std::vector<std::string> waiting = files;
  while (!waiting.empty()) {
    const std::string source = waiting.back();
    waiting.pop_back();
    if (!sources.insert(source).second) continue;
    CORTADO_TRY(const std::set<std::string> headers, includes(source));
    for (const std::string& header : headers) {
      const std::string beside = fs::path(header).replace_extension(".cc").string();
      std::error_code ignored;
      if (fs::is_regular_file(home_ / beside, ignored)) waiting.push_back(beside);
    }
  }
  return sources;
}

// Lines of the form: cortado_operator(FOLDER NAMES…), possibly over several lines.
Result<std::map<std::string, std::string>> SourceTree::operators() const {
  CORTADO_TRY(const std::string text, read_text(home_ / "ops/operators.cmake"));
  std::string code;
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) code += line.substr(0, line.find('#')) + "\n";
  std::map<std::string, std::string> folders;
  constexpr std::string_view begin = "cortado_operator(";
  for (std::size_t at = code.find(begin); at != std::string::npos; at = code.find(begin, at)) {
    at += begin.size();
    std::istringstream words(code.substr(at, code.find(')', at) - at));
    std::string folder;
    words >> folder;
    for (std::string wire; words >> wire;) folders.emplace(wire, folder);
  }
  return folders;
}

// After the macro's first line every line reads:  HELIUM(planar_conv2d, quads_16) \ .
Result<std::vector<InnerLoop>> SourceTree::loops() const {
  CORTADO_TRY(const std::string text, read_text(home_ / "ops/loops.h"));
  std::vector<InnerLoop> loops;
  std::istringstream lines(text.substr(std::min(text.size(), text.find("#define CORTADO_LOOPS("))));
  std::string line;
  std::getline(lines, line);
  while (line.ends_with('\\') && std::getline(lines, line)) {
    const std::size_t open = line.find('('), comma = line.find(", "), close = line.find(')');
    loops.push_back({line.substr(open + 1, comma - open - 1), line.substr(comma + 2, close - comma - 2)});
  }
  return loops;
}

std::vector<std::string> SourceTree::sources_in(const std::string& folder) const {
  std::vector<std::string> files;
  std::error_code ignored;
  for (const fs::directory_entry& entry : fs::directory_iterator(home_ / folder, ignored))
    if (entry.path().extension() == ".cc") files.push_back(folder + "/" + entry.path().filename().string());
  std::sort(files.begin(), files.end());
  return files;
}

std::vector<std::string> SourceTree::folders_in(const std::string& folder) const {
  std::vector<std::string> folders;
  std::error_code ignored;
  for (const fs::directory_entry& entry : fs::directory_iterator(home_ / folder, ignored))
    if (entry.is_directory(ignored)) folders.push_back(entry.path().filename().string());
  std::sort(folders.begin(), folders.end());
  return folders;
}

}  // namespace cortado::boards
