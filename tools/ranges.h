// Where the ranges of a float model's values come from: a file, the user's samples, or made-up ones.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "compiler/calibrate/ranges.h"
#include "compiler/calibrate/synthetic.h"
#include "ir/graph.h"
#include "tools/samples.h"

namespace cortado::tools {

struct RangesOptions {
  std::vector<std::string> calibration;  // files and folders
  std::string ranges_file;
  bool thorough = false;  // the recipe
  ImageOptions image;
  std::size_t most_samples = 0;  // those after it are left out; 0: no limit
  std::size_t threads = 0;       // 0: one a core
  bool forbidden = false;        // the user has not asked for quantization: a float model is an error
};

// `graph` is normalised; `prior` is for a user without samples.
Result<compiler::Ranges> find_ranges(const ir::Graph& graph, const RangesOptions& options,
                                     const compiler::Prior& prior);

}  // namespace cortado::tools
