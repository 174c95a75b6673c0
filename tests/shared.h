// The shared data beside the checkout: models, networks and photographs. Tests skip what is not there.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <string>
#include <vector>

namespace cortado::testing {

inline std::filesystem::path shared_folder() {
  return std::filesystem::path(CORTADO_SOURCE_DIR).parent_path() / "shared";
}

// Every file below `folder` with that extension, in name order; empty when the folder is not there.
inline std::vector<std::filesystem::path> files_below(const std::filesystem::path& folder,
                                                      const std::string& extension) {
  std::vector<std::filesystem::path> files;
  std::error_code error;
  for (std::filesystem::recursive_directory_iterator it(folder, error), end; !error && it != end; it.increment(error))
    if (it->path().extension() == extension) files.push_back(it->path());
  std::sort(files.begin(), files.end());
  return files;
}

#define CORTADO_SKIP_WITHOUT(path) \
  if (!std::filesystem::exists(path)) GTEST_SKIP() << (path).string() << " is not there"

}  // namespace cortado::testing
