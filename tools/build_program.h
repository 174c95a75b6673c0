// The whole way from a MODEL on the command line to the bytes of a .pte: what `cortado compile` and
// `aot_arm_compiler` share.
#pragma once

#include <filesystem>
#include <string>

#include "compiler/compile.h"
#include "tools/model.h"
#include "tools/ranges.h"

namespace cortado::tools {

struct BuildOptions {
  ModelOptions model;
  RangesOptions ranges;
  compiler::CompileOptions compile;
  std::filesystem::path intermediates;  // a folder for the graph after every pass; "" writes none
  std::string print_after;              // a pass whose graph goes to stdout
};

struct Built {
  compiler::Compiled compiled;
  bool has_made_up_weights = false;
  double seconds = 0;  // wall time, reading of the model included
};

// With options.compile.stop_after the compiled program is empty.
Result<Built> build_program(BuildOptions options);

}  // namespace cortado::tools
