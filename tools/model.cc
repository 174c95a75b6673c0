#include "tools/model.h"

#include <algorithm>

#include "boards/emulator/files.h"
#include "compiler/import/import.h"
#include "formats/pt2/archive.h"
#include "formats/pt2/write.h"
#include "support/atomic_file.h"
#include "tools/console.h"
#include "tools/zoo_model.h"
#include "zoo/model.h"

namespace cortado::tools {
namespace {

using Path = std::filesystem::path;

// The spreads of the example inputs, if those are the graph's inputs.
std::vector<compiler::InputSpread> spreads_of(const formats::NamedTensors& examples, const ir::Graph& graph) {
  std::vector<compiler::InputSpread> spreads;
  if (examples.size() != graph.inputs.size()) return spreads;
  for (std::size_t i = 0; i < examples.size(); ++i) {
    if (examples[i].tensor.dtype() != graph.inputs[i]->type.dtype) return {};
    spreads.push_back(compiler::spread_of(examples[i].tensor));
  }
  return spreads;
}

// For networks that take no images: made-up pictures tell more than the record does.
compiler::RecordedStatistics recorded_in(const ir::Graph& graph) {
  if (std::all_of(graph.inputs.begin(), graph.inputs.end(),
                  [](const ir::Value* input) { return compiler::takes_images(*input); }))
    return {};
  auto recorded = compiler::recorded_statistics(graph);
  return recorded ? std::move(recorded).value() : compiler::RecordedStatistics();  // compiling tells the error
}

Result<Model> import_file(const Path& file, const ModelOptions& options) {
  std::vector<std::string> notices;
  compiler::ImportOptions import_options;
  import_options.batch = options.batch;
  import_options.notices = &notices;
  CORTADO_TRY(formats::Pt2Archive archive, formats::Pt2Archive::open(file));
  auto graph = compiler::import_archive(archive, import_options);
  for (const std::string& line : notices)
    if (!options.is_known) notice(line);
  if (!graph) return std::move(graph).error().in(file.string());
  Model model;
  model.graph = std::move(graph).value();
  model.prior.spreads = spreads_of(archive.example_inputs(), model.graph);
  model.prior.recorded = recorded_in(model.graph);
  return model;
}

Status copy_model(const Path& from, const Path& to) {
  if (to.empty()) return {};
  CORTADO_TRY(const auto bytes, read_file(from));
  return write_file_atomically(to, bytes);
}

Result<Model> load_python_model(const ModelOptions& options) {
  CORTADO_TRY(const boards::TemporaryFolder folder, boards::TemporaryFolder::create());
  const Path exported = folder.path() / (model_name(options.model) + ".pt2");
  CORTADO_CHECK(export_python_model(options.model, options.python, exported));
  CORTADO_CHECK(copy_model(exported, options.export_to));
  auto model = import_file(exported, options);
  if (!model) return std::move(model).error().in(options.model);
  return model;
}

Result<Model> load_built_in(const zoo::Model& entry, const ModelOptions& options) {
  CORTADO_TRY(Model model, build_from_zoo(entry, options));
  if (options.export_to.empty()) return model;
  CORTADO_TRY(const auto bytes, formats::write_pt2(model.graph));
  CORTADO_CHECK(write_file_atomically(options.export_to, bytes));
  return model;
}

}  // namespace

std::string built_in_names() {
  std::string names;
  for (const zoo::Model& model : zoo::models()) names += (names.empty() ? "" : ", ") + std::string(model.name);
  return names;
}

Result<Model> load_model(const ModelOptions& options) {
  const Path path = options.model;
  if (const zoo::Model* model = zoo::find(options.model)) return load_built_in(*model, options);
  if (!options.weights.empty())
    return usage_error("--weights is for built-in models (" + built_in_names() + "); '" + options.model +
                       "' has its own");
  if (is_python_model(path)) return load_python_model(options);
  if (path.extension() != ".pt2" && !std::filesystem::exists(path))
    return input_error("'" + options.model + "' is neither a file nor a built-in model",
                       "built-in: " + built_in_names());
  CORTADO_TRY(Model model, import_file(path, options));
  CORTADO_CHECK(copy_model(path, options.export_to));
  return model;
}

std::string model_name(const std::string& model) { return std::filesystem::path(model).stem(); }

}  // namespace cortado::tools
