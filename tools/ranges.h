// Where the ranges of a float model's values come from: a file, the user's samples, or made-up ones.
#pragma once

#include <CLI/CLI.hpp>
#include <optional>
#include <string>
#include <vector>

#include "compiler/calibrate/ranges.h"
#include "ir/graph.h"
#include "tools/samples.h"

namespace cortado::tools {

struct RangesOptions {
  std::vector<std::string> calibration;  // files and folders
  std::string ranges_file;
  ImageOptions image;
  std::size_t threads = 0;  // 0: one a core
  bool forbidden = false;   // the user has not asked for quantization: a float model is an error
};

void add_calibration_options(CLI::App& app, RangesOptions& options, bool with_ranges_file);

// `graph` is normalised.
Result<compiler::Ranges> find_ranges(const ir::Graph& graph, const RangesOptions& options);

}  // namespace cortado::tools
