#include "tests/conformance/conformance_case.h"

#include <algorithm>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>
#include <regex>
#include <sstream>

namespace cortado::conformance {
namespace {

using nlohmann::json;

std::string read_text(const std::filesystem::path& file) {
  std::ifstream stream(file);
  std::ostringstream text;
  text << stream.rdbuf();
  return text.str();
}

double number(const json& object, const char* key, double otherwise) {
  const auto found = object.find(key);
  return found != object.end() && found->is_number() ? found->get<double>() : otherwise;
}

std::string string(const json& object, const char* key, const std::string& otherwise) {
  const auto found = object.find(key);
  return found != object.end() && found->is_string() ? found->get<std::string>() : otherwise;
}

// The histogram that tells most about the user's program.
std::set<std::string> operators(const json& facts) {
  std::set<std::string> names;
  for (const char* key : {"float_ops", "qdq_ops", "direct_ops"}) {
    const auto found = facts.find(key);
    if (found == facts.end() || !found->is_object() || found->empty()) continue;
    for (const auto& entry : found->items()) names.insert(entry.key());
    break;
  }
  return names;
}

Result<Case> read_case(const std::filesystem::path& folder) {
  const json facts = json::parse(read_text(folder / "case.json"), nullptr, false);
  if (!facts.is_object()) return input_error((folder / "case.json").string() + ": not a JSON object");
  Case result;
  result.kind = folder.parent_path().filename();
  result.name = folder.filename();
  result.folder = folder;
  result.target = string(facts, "target", "cortex-m55");
  const auto layout = facts.find("explicit_layout");
  result.explicit_layout = layout != facts.end() && layout->is_boolean() && layout->get<bool>();
  const auto left = facts.find("lowered_float_ops");
  result.reference_has_float_ops = left != facts.end() && left->is_object() && !left->empty();
  if (const auto expect = facts.find("expect"); expect != facts.end() && expect->is_object()) {
    result.atol = number(*expect, "atol", result.atol);
    result.qtol = number(*expect, "qtol", result.qtol);
    result.rtol = number(*expect, "rtol", result.rtol);
  }
  result.operators = operators(facts);
  result.output_scales = output_scales(read_text(folder / "graph_qdq.txt"));
  return result;
}

}  // namespace

std::vector<double> output_scales(const std::string& graph_text) {
  static const std::regex node(R"(^(\S+) = (\S+?)\(\[?%([^,)\]]+)(?:, ([-+.e0-9]+))?.*$)");
  static const std::regex name(R"(%([^,)\]]+))");
  struct Line {
    std::string op, input;
    double scale = 0;
  };
  std::map<std::string, Line> lines;
  std::vector<double> scales;
  std::istringstream stream(graph_text);
  for (std::string text; std::getline(stream, text);) {
    std::smatch match;
    if (text.rfind("output(", 0) == 0) {
      for (std::sregex_iterator i(text.begin(), text.end(), name), end; i != end; ++i) {
        std::string at = (*i)[1];
        double scale = 0;
        for (int steps = 0; steps < 100 && scale == 0 && lines.count(at) != 0; ++steps) {
          if (lines[at].op.find("dequantize_per_tensor") != std::string::npos) scale = lines[at].scale;
          at = lines[at].input;
        }
        scales.push_back(scale);
      }
    } else if (std::regex_match(text, match, node)) {
      const std::string number = match[4];
      lines[match[1]] = {match[2], match[3], number.empty() ? 0 : std::strtod(number.c_str(), nullptr)};
    }
  }
  return scales;
}

Result<std::vector<Case>> read_cases(const std::filesystem::path& root) {
  std::vector<Case> cases;
  for (const char* kind : {"networks", "operators"}) {
    std::error_code error;
    std::vector<std::filesystem::path> folders;
    for (const auto& entry : std::filesystem::directory_iterator(root / kind, error)) folders.push_back(entry.path());
    if (error) return input_error((root / kind).string() + ": " + error.message());
    std::sort(folders.begin(), folders.end());
    for (const auto& folder : folders) {
      CORTADO_TRY(cases.emplace_back(), read_case(folder));
    }
  }
  return cases;
}

}  // namespace cortado::conformance
