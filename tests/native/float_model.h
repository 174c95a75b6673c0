// A float model with ranges of made-up samples, compiled one way and another; for tests.
#pragma once

#include <gtest/gtest.h>

#include <filesystem>
#include <optional>

#include "compiler/calibrate/calibrate.h"
#include "compiler/calibrate/synthetic.h"
#include "compiler/compile.h"
#include "compiler/import/import.h"

namespace cortado::testing {

// Of a normalised graph in float.
inline Result<compiler::Ranges> ranges_of_made_up_samples(const ir::Graph& normalised) {
  CORTADO_TRY(const auto made_up, compiler::synthetic_samples(normalised));
  compiler::CalibrationOptions options;
  options.synthetic = true;
  options.input_limits = made_up.input_limits;
  options.progress = false;
  return compiler::calibrate(normalised, *made_up.samples, options);
}

class FloatModel {
 public:
  explicit FloatModel(std::filesystem::path path) : path_(std::move(path)) {}

  Result<compiler::Compiled> compile(const compiler::CompileOptions& options) {
    CORTADO_TRY(ir::Graph graph, compiler::import_model(path_));
    return compiler::compile(
        std::move(graph), [this](const ir::Graph& normalised) { return ranges(normalised); }, options);
  }

 private:
  Result<compiler::Ranges> ranges(const ir::Graph& normalised) {
    if (!ranges_) {
      CORTADO_TRY(ranges_, ranges_of_made_up_samples(normalised));
    }
    return *ranges_;
  }

  std::filesystem::path path_;
  std::optional<compiler::Ranges> ranges_;  // found once
};

}  // namespace cortado::testing
