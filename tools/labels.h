// The labels of an evaluation set.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "support/result.h"

namespace cortado::tools {

struct Label {
  std::filesystem::path file;
  std::int64_t class_index = 0;
  std::string name;  // of the class; may be empty
};

// A CSV with the columns file and class_index, in any order, and optionally name; paths are relative to the CSV. With
// `folder` not empty only the files in it or below it. Errors name file and line.
Result<std::vector<Label>> read_labels(const std::filesystem::path& csv, const std::filesystem::path& folder);

}  // namespace cortado::tools
