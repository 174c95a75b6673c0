// Which class each file shows: CSV with the header "file,class_index" or "file,class_index,name".
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "support/result.h"

namespace cortado::compiler {

struct Label {
  std::filesystem::path file;  // as written; relative paths are relative to the CSV's folder
  std::int64_t class_index = 0;
  std::string class_name;  // may be empty
};

// Fields may be in double quotes, with "" for a quote. Blank lines are passed over. Errors name the line.
Result<std::vector<Label>> parse_labels(std::string_view csv);
// `file` of every label is made a path from here.
Result<std::vector<Label>> read_labels(const std::filesystem::path& csv);

}  // namespace cortado::compiler
