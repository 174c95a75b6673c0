// A type outside of an unnamed namespace has its name for itself: two of the same name are one for the linker, which
// takes the functions of either for both.
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

using Places = std::map<std::string, std::set<std::string>>;  // by qualified name: the files that define it

// Adds the types that `file` defines at the level of a namespace; `name` is its path.
void add_types(std::istream& file, const std::string& name, Places& places) {
  static const std::regex opens(R"(namespace ?([\w:]*) ?\{)"), closes(R"(\}  // namespace.*)");
  static const std::regex type(R"((template.*> )?(struct|class|union) (\w+)( final)?( : .*)? \{.*)");
  std::vector<std::string> namespaces;
  std::smatch match;
  for (std::string line; std::getline(file, line);) {
    if (std::regex_match(line, match, opens))
      namespaces.push_back(match[1].str());
    else if (std::regex_match(line, closes) && !namespaces.empty())
      namespaces.pop_back();
    if (!std::regex_match(line, match, type)) continue;
    std::string qualified;
    bool is_shared = true;
    for (const std::string& space : namespaces) {
      is_shared = is_shared && !space.empty();
      qualified += space + "::";
    }
    if (is_shared) places[qualified + match[3].str()].insert(name);
  }
}

TEST(Layers, TypesHaveTheirNamesForThemselves) {
  Places places;
  for (const char* layer : testing::layers)
    testing::for_each_source(layer, [&](const std::filesystem::path& path) {
      std::ifstream file(path);
      add_types(file, testing::name_of(path), places);
    });
  ASSERT_GT(places.size(), 300u);
  for (const auto& [type, files] : places) {
    EXPECT_EQ(files.size(), 1u) << type << " is defined in " << *files.begin() << " and in " << *files.rbegin();
  }
}

}  // namespace
}  // namespace cortado
