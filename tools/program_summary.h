// What a .pte holds, for `cortado inspect`: read from the file alone, whether its operators are in this build or not.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "ir/type.h"
#include "support/result.h"
#include "tools/stream_summary.h"

namespace cortado::tools {

struct SummaryPort {
  std::string name;
  ir::Type type;
};

struct SummaryCall {
  std::string op;    // "cortex_m::quantized_conv2d.out", "CortadoBackend" of a delegate, "move", …
  std::string name;  // "0", "1", …: its place in the plan
  std::vector<SummaryPort> outputs;
  std::vector<SummaryStage> stages;  // of a row stream
};

struct ProgramSummary {
  std::vector<std::string> methods;
  // Of the method asked for:
  std::vector<SummaryPort> inputs, outputs;
  std::vector<SummaryCall> calls;
  std::uint64_t constants_bytes = 0;  // each constant once
  std::uint64_t arena_bytes = 0;      // as planned in the file: the sum of its memory regions
};

// `method` empty: "forward", or the only one. Errors name `file`.
Result<ProgramSummary> summarise_program(std::span<const std::uint8_t> bytes, const std::string& file,
                                         const std::string& method);

}  // namespace cortado::tools
