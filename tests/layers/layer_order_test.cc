// Folders are layers: includes point only down, and always from the root of the repository.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <regex>
#include <set>
#include <string>
#include <vector>

#include "tests/layers/sources.h"

namespace cortado {
namespace {

// What each folder may include besides itself.
const std::map<std::string, std::set<std::string>> below = {
    {"support", {}},
    {"ir", {"support"}},
    {"simd", {}},
    {"ops", {"support", "ir", "simd"}},
    {"formats", {"support", "ir", "ops"}},
    {"stream", {"support", "ops"}},
    {"runtime", {"support", "ir", "ops", "stream", "formats"}},  // ir: runtime/host only
    {"compiler", {"support", "ir", "ops", "stream", "formats"}},
    {"zoo", {"support", "ir", "formats"}},
    {"boards", {"support", "ops", "stream", "formats", "runtime"}},
    {"tools", {"support", "ir", "ops", "stream", "formats", "runtime", "compiler", "zoo", "boards"}},
};

struct Include {
  std::string file;    // from the root
  std::string target;  // between the quotes
};

std::vector<Include> includes() {
  static const std::regex quoted(R"(^\s*#\s*include\s*"([^"]+)\".*$)");
  std::vector<Include> found;
  for (const char* layer : testing::layers)
    testing::for_each_source(layer, [&](const std::filesystem::path& path) {
      std::ifstream stream(path);
      for (std::string line; std::getline(stream, line);) {
        std::smatch match;
        if (std::regex_match(line, match, quoted)) found.push_back({testing::name_of(path), match[1]});
      }
    });
  return found;
}

// Generated into the build of a firmware.
const std::set<std::string> generated = {"board_constants.h"};

std::string first_folder(const std::string& path) { return path.substr(0, path.find('/')); }

TEST(Layers, IncludesPointOnlyDown) {
  const auto all = includes();
  ASSERT_GT(all.size(), 100u);
  for (const Include& include : all) {
    if (generated.count(include.target) != 0) continue;
    const std::string from = first_folder(include.file), to = first_folder(include.target);
    EXPECT_TRUE(from == to || below.at(from).count(to) != 0)
        << include.file << " includes \"" << include.target << "\"";
  }
}

// Of the runtime only its host side may know the compiler's tensors; target code of ops/ must not either.
TEST(Layers, TargetCodeKnowsNoGraph) {
  static const std::regex target(
      R"(^(runtime/[^/]*|formats/pte/read/.*|stream/.*|simd/.*|ops/[^/]*/(kernel|reference|contract|stage|row)[^/]*)$)");
  for (const Include& include : includes()) {
    if (!std::regex_match(include.file, target)) continue;
    EXPECT_NE(first_folder(include.target), "ir") << include.file << " includes \"" << include.target << "\"";
  }
}

}  // namespace
}  // namespace cortado
