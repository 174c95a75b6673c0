// The C and C++ files of this repository, for tests that read them.
#pragma once

#include <array>
#include <filesystem>
#include <string>

namespace cortado::testing {

inline const std::filesystem::path repository = CORTADO_SOURCE_DIR;

// The layers; tests are in none.
constexpr std::array layers = {"support", "ir",       "simd", "ops",    "formats", "stream",
                               "runtime", "compiler", "zoo",  "boards", "tools"};

// use(path) for every file below a folder of the repository.
template <class Use>
void for_each_source(const std::string& folder, Use use) {
  for (const auto& entry : std::filesystem::recursive_directory_iterator(repository / folder))
    if (const auto kind = entry.path().extension(); kind == ".h" || kind == ".cc" || kind == ".c") use(entry.path());
}

// As includes spell it.
inline std::string name_of(const std::filesystem::path& file) {
  return file.lexically_relative(repository).generic_string();
}

}  // namespace cortado::testing
