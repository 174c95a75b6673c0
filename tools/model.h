// MODEL on the command line: a .pt2 file or the name of a built-in model.
#pragma once

#include <CLI/CLI.hpp>
#include <optional>
#include <string>

#include "ir/graph.h"
#include "support/result.h"

namespace cortado::tools {

struct ModelOptions {
  std::string model;
  std::string weights;                // checkpoint of a built-in model
  std::optional<std::int64_t> batch;  // size of a dynamic first dimension
};

// MODEL, --weights and --batch. `positional`: the model's name in the usage, or "" to leave MODEL to the caller.
void add_model_options(CLI::App& app, ModelOptions& options, const std::string& positional = "MODEL");

// The imported graph. Notices go to stderr.
Result<ir::Graph> load_model(const ModelOptions& options);

// "features/mobilenet.pt2" → "mobilenet".
std::string model_name(const std::string& model);

}  // namespace cortado::tools
