#include "tools/model.h"

#include <filesystem>

#include "compiler/import/import.h"
#include "tools/console.h"
#include "zoo/checkpoint.h"
#include "zoo/model.h"

namespace cortado::tools {
namespace {

std::string zoo_names() {
  std::string names;
  for (const zoo::Model& model : zoo::models()) names += (names.empty() ? "" : ", ") + std::string(model.name);
  return names;
}

Result<ir::Graph> build_from_zoo(const zoo::Model& model, const ModelOptions& options) {
  if (options.weights.empty())
    return usage_error("the built-in model '" + std::string(model.name) + "' needs its weights",
                       "--weights FILE: a state dict that torch.save wrote");
  CORTADO_TRY(const zoo::Weights weights, zoo::read_checkpoint(options.weights));
  return model.build(weights);
}

Result<ir::Graph> import_file(const ModelOptions& options) {
  std::vector<std::string> notices;
  compiler::ImportOptions import_options;
  import_options.batch = options.batch;
  import_options.notices = &notices;
  auto graph = compiler::import_model(options.model, import_options);
  for (const std::string& line : notices) notice(line);
  return graph;
}

}  // namespace

void add_model_options(CLI::App& app, ModelOptions& options, const std::string& positional) {
  if (!positional.empty())
    app.add_option(positional, options.model, "A .pt2 that torch.export.save wrote, or a built-in model: " + zoo_names())
        ->required();
  app.add_option("--weights", options.weights, "Checkpoint of a built-in model (.pth, .pt)")->type_name("FILE");
  app.add_option("--batch", options.batch, "Size of a first dimension that the model leaves open (default: the example's)")
      ->check(CLI::PositiveNumber);
}

Result<ir::Graph> load_model(const ModelOptions& options) {
  const std::filesystem::path path = options.model;
  if (const zoo::Model* model = zoo::find(options.model)) return build_from_zoo(*model, options);
  if (!options.weights.empty())
    return usage_error("--weights is for built-in models (" + zoo_names() + "); '" + options.model + "' has its own");
  const std::string extension = path.extension();
  if (extension == ".py" || extension == ".pt" || extension == ".pth")
    return input_error(options.model + ": Python models must be exported first",
                       "in Python: torch.export.save(torch.export.export(model.eval(), example_inputs), 'model.pt2')");
  if (extension == ".pt2" || std::filesystem::exists(path)) return import_file(options);
  return input_error("'" + options.model + "' is neither a file nor a built-in model", "built-in: " + zoo_names());
}

std::string model_name(const std::string& model) { return std::filesystem::path(model).stem(); }

}  // namespace cortado::tools
