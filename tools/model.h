// MODEL on the command line: a .pt2 file, a Python model, or the name of a built-in model.
#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "compiler/calibrate/synthetic.h"
#include "ir/graph.h"
#include "support/result.h"
#include "tools/python_export.h"

namespace cortado::tools {

struct ModelOptions {
  std::string model;
  std::string weights;                // checkpoint of a built-in model
  std::optional<std::int64_t> batch;  // size of a dynamic first dimension
  PythonOptions python;               // for a .py, .pt or .pth
  std::filesystem::path export_to;    // where the model goes as a .pt2; "": nowhere
  bool is_known = false;              // loaded before: nothing is said again
};

struct Model {
  ir::Graph graph;  // imported
  compiler::Prior prior;
  bool has_made_up_weights = false;
};

// Notices and warnings go to stderr.
Result<Model> load_model(const ModelOptions& options);

// "features/mobilenet.pt2" → "mobilenet".
std::string model_name(const std::string& model);
// "efficientnet_lite0, mv2, …", for help texts.
std::string built_in_names();

}  // namespace cortado::tools
