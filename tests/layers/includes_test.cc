// Every file includes what it uses: precompiled headers would hide that it does not.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <regex>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include "tests/layers/sources.h"

namespace cortado {
namespace {

// Names of the standard library and the headers of which one must be there.
const std::map<std::string, std::set<std::string>> homes = {
    {"vector", {"vector"}},
    {"string", {"string"}},
    {"string_view", {"string_view", "string"}},
    {"map", {"map"}},
    {"set", {"set"}},
    {"unordered_map", {"unordered_map"}},
    {"unordered_set", {"unordered_set"}},
    {"optional", {"optional"}},
    {"variant", {"variant"}},
    {"function", {"functional"}},
    {"unique_ptr", {"memory"}},
    {"shared_ptr", {"memory"}},
    {"span", {"span"}},
    {"array", {"array"}},
    {"numeric_limits", {"limits"}},
    {"ifstream", {"fstream"}},
    {"ofstream", {"fstream"}},
    {"ostringstream", {"sstream"}},
    {"stringstream", {"sstream"}},
    {"regex", {"regex"}},
    {"thread", {"thread"}},
    {"atomic", {"atomic"}},
    {"mutex", {"mutex"}},
    {"accumulate", {"numeric"}},
    {"iota", {"numeric"}},
    {"sort", {"algorithm"}},
    {"min", {"algorithm"}},
    {"max", {"algorithm"}},
    {"clamp", {"algorithm"}},
    {"fill", {"algorithm"}},
    {"copy", {"algorithm"}},
    {"all_of", {"algorithm"}},
    {"any_of", {"algorithm"}},
    {"sqrt", {"cmath"}},
    {"lround", {"cmath"}},
    {"isnan", {"cmath"}},
    {"isfinite", {"cmath"}},
    {"memcpy", {"cstring"}},
    {"memset", {"cstring"}},
    {"int8_t", {"cstdint"}},
    {"int32_t", {"cstdint"}},
    {"int64_t", {"cstdint"}},
    {"uint8_t", {"cstdint"}},
    {"uint32_t", {"cstdint"}},
    {"uint64_t", {"cstdint"}},
};

struct File {
  std::set<std::string> uses;      // std::NAME, of those in `homes`
  std::set<std::string> standard;  // <header>
  std::set<std::string> project;   // "header"
  bool list = false;               // rows of a macro, included where the macro is
};

File read(const std::filesystem::path& path) {
  static const std::regex include(R"re(^\s*#\s*include\s*([<"])([^">]+)[">].*$)re"), name(R"re(\bstd::(\w+))re");
  File file;
  file.list = path.extension() == ".h";
  std::ifstream stream(path);
  for (std::string line; std::getline(stream, line);) {
    std::smatch match;
    if (std::regex_match(line, match, include)) (match[1] == "<" ? file.standard : file.project).insert(match[2]);
    if (line == "#pragma once") file.list = false;
    if (line.find("std::") == std::string::npos) continue;
    line = line.substr(0, line.find("//"));
    for (std::sregex_iterator each(line.begin(), line.end(), name), end; each != end; ++each)
      if (homes.count((*each)[1]) != 0) file.uses.insert((*each)[1]);
  }
  return file;
}

class Sources {
 public:
  Sources() {
    const auto add = [&](const std::filesystem::path& path) { files[testing::name_of(path)] = read(path); };
    for (const char* layer : testing::layers) testing::for_each_source(layer, add);
    testing::for_each_source("tests", add);
  }

  // The standard headers that `path` includes, by itself and by the project's headers.
  std::set<std::string> reached(const std::string& path) const {
    std::set<std::string> seen, headers;
    std::vector<std::string> open = {path};
    while (!open.empty()) {
      const std::string next = open.back();
      open.pop_back();
      const auto found = files.find(next);
      if (!seen.insert(next).second || found == files.end()) continue;
      headers.insert(found->second.standard.begin(), found->second.standard.end());
      open.insert(open.end(), found->second.project.begin(), found->second.project.end());
    }
    return headers;
  }

  std::map<std::string, File> files;
};

TEST(Layers, FilesIncludeWhatTheyUse) {
  const Sources sources;
  ASSERT_GT(sources.files.size(), 300u);
  for (const auto& [path, file] : sources.files) {
    if (file.uses.empty() || file.list) continue;
    const std::set<std::string> headers = sources.reached(path);
    for (const std::string& name : file.uses) {
      bool there = false;
      for (const std::string& home : homes.at(name)) there = there || headers.count(home) != 0;
      EXPECT_TRUE(there) << path << " uses std::" << name << " without <" << *homes.at(name).begin() << ">";
    }
  }
}

}  // namespace
}  // namespace cortado
