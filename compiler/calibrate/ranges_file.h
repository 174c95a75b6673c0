// ranges.json: docs/ranges.md describes it.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "compiler/calibrate/ranges.h"
#include "support/result.h"

namespace cortado::compiler {

std::string to_json(const Ranges& ranges);
Result<Ranges> ranges_from_json(std::string_view text);

Status write_ranges(const Ranges& ranges, const std::filesystem::path& file);
Result<Ranges> read_ranges(const std::filesystem::path& file);

}  // namespace cortado::compiler
