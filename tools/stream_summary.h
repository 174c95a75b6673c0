// What a row stream's blob holds, for `cortado inspect`: its stages and the rows that they make.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "support/result.h"

namespace cortado::tools {

// Rows that a stage takes.
struct SummaryRows {
  std::optional<std::uint32_t> stage;  // that made them, counted from 0; else they are the call's argument …
  std::uint32_t argument = 0;          // … of this place, whole
  std::int32_t rows = 0, width = 0, channels = 0;
};

struct SummaryStage {
  std::string op;                                  // "packed_conv2d"; "stage 7" where this build does not know it
  std::int32_t rows = 0, width = 0, channels = 0;  // that it makes
  std::int32_t rows_at_once = 0;                   // so many of them in a step
  std::int32_t kept_rows = 0;                      // so many of them are in memory at a time
  std::uint64_t kept_bytes = 0;                    // and take as much
  std::uint64_t constants_bytes = 0;
  std::vector<SummaryRows> reads;
};

// Input errors as loading has them.
Result<std::vector<SummaryStage>> summarise_stream(std::span<const std::uint8_t> blob);

}  // namespace cortado::tools
