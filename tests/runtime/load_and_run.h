// Loads and runs a file of whatever content in memory of exactly its size, for tests under sanitizers.
#pragma once

#include <algorithm>
#include <cstring>
#include <string>
#include <vector>

#include "ops/cases.h"
#include "runtime/program.h"
#include "tests/runtime/block.h"

namespace cortado::testing {

struct LoadResult {
  bool loaded = false;
  std::string problem;  // a promise that was broken; empty if none was
};

inline bool is_readable(const std::string& text) {
  return text.size() > 10 && std::none_of(text.begin(), text.end(), [](char c) { return c >= 0 && c < ' '; });
}

inline LoadResult refusal(const ErrorReport& report) {
  return {false, is_readable(report.text()) ? "" : std::string("a message that cannot be read: ") + report.text()};
}

// `random` makes the inputs. Programs that want more than `arena_limit_bytes` are not run.
inline LoadResult load_and_run(const std::vector<std::uint8_t>& content, ops::Random& random,
                               std::size_t arena_limit_bytes = std::size_t{1} << 24) {
  const Block file(content);
  runtime::Options options;
  options.program = file.data.get();
  options.program_bytes = file.bytes;
  runtime::Sizes sizes;
  ErrorReport report;
  if (measure(options, sizes, report) != ErrorCode::ok) return refusal(report);
  if (sizes.arena_bytes > arena_limit_bytes) return {};
  const Block arena(sizes.arena_bytes);
  options.arena = arena.memory();
  runtime::Program* program = runtime::Program::load(options, report);
  if (program == nullptr) {
    if (report.code() == ErrorCode::arena_too_small)
      return {false, std::string("measured too little: ") + report.text()};
    return refusal(report);
  }
  if (report.code() != ErrorCode::ok) return {true, std::string("loaded with an error: ") + report.text()};
  for (std::uint32_t i = 0; i < program->input_count(); ++i) {
    const runtime::Port& input = program->input(i);
    if (input.is_tensor && !input.tensor.is_constant)
      std::memset(input.tensor.data, random.between(0, 255), input.bytes);
  }
  program->run();
  program->reset();
  program->run();
  if (!content.empty() && std::memcmp(content.data(), file.data.get(), content.size()) != 0)
    return {true, "the program was written to"};
  return {true, {}};
}

}  // namespace cortado::testing
