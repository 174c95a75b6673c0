// cortado evaluate
#include <cstdio>
#include <filesystem>

#include "compiler/evaluate/evaluate.h"
#include "compiler/evaluate/labels.h"
#include "compiler/normalise/normalise.h"
#include "tools/command.h"
#include "tools/console.h"
#include "tools/execute.h"
#include "tools/json.h"
#include "tools/model.h"
#include "tools/options.h"
#include "zoo/model.h"

namespace cortado::tools {
namespace {

struct Options {
  ModelOptions model;
  std::string float_model;
  std::string data, labels;
  ExecuteOptions execute;
  ImageOptions image;
  bool json = false;
};

bool is_program(const std::string& file) { return std::filesystem::path(file).extension() == ".pte"; }

bool lies_in(const std::filesystem::path& file, const std::filesystem::path& folder) {
  std::error_code ignored;
  const auto relative = std::filesystem::weakly_canonical(file, ignored)
                            .lexically_relative(std::filesystem::weakly_canonical(folder, ignored));
  return !relative.empty() && *relative.begin() != "..";
}

// Those of the files in --data.
Result<std::vector<compiler::Label>> wanted_labels(const Options& options) {
  CORTADO_TRY(auto labels, compiler::read_labels(options.labels));
  if (!options.data.empty())
    std::erase_if(labels, [&](const compiler::Label& label) { return !lies_in(label.file, options.data); });
  if (labels.empty()) return input_error(options.labels + ": has no file in " + options.data);
  return labels;
}

// A program on the host, one session a thread.
compiler::ModelRunnerFactory program_runner(const LoadedProgram& program) {
  return [&program]() -> Result<compiler::ModelRunner> {
    CORTADO_TRY(auto loaded, runtime::Session::load(program.bytes, program.file));
    auto session = std::make_shared<runtime::Session>(std::move(loaded));
    return compiler::ModelRunner([session](const compiler::Sample& sample) { return session->run(sample); });
  };
}

// A program on a core: all samples in one emulation, beforehand; the runner hands out what came of each in turn.
Result<compiler::ModelRunnerFactory> core_runner(const LoadedProgram& program, const compiler::SampleSource& samples,
                                                 const ExecuteOptions& where) {
  std::vector<Tensors> inputs;
  for (std::size_t i = 0; i < samples.size(); ++i) {
    CORTADO_TRY(inputs.emplace_back(), samples.sample(i));
  }
  CORTADO_TRY(Execution execution, execute(program, inputs, where));
  auto outputs = std::make_shared<std::vector<Tensors>>(std::move(execution.outputs));
  auto next = std::make_shared<std::size_t>(0);
  return compiler::ModelRunnerFactory([outputs, next]() -> Result<compiler::ModelRunner> {
    return compiler::ModelRunner(
        [outputs, next](const compiler::Sample&) -> Result<Tensors> { return outputs->at((*next)++); });
  });
}

Result<ir::Graph> load_normalised(const ModelOptions& model) {
  CORTADO_TRY(Model loaded, load_model(model));
  CORTADO_CHECK(compiler::normalise(loaded.graph));
  return std::move(loaded.graph);
}

void print(const compiler::Evaluation& result, bool json) {
  if (json) {
    Json document = {{"samples", result.samples}, {"top1", result.top1}, {"top5", result.top5},
                     {"same_as_float", nullptr}, {"saturated", result.saturated}};
    if (result.same_as_float) document["same_as_float"] = *result.same_as_float;
    if (result.noise_to_signal) document["noise_to_signal"] = *result.noise_to_signal;
    return print_json(document);
  }
  const auto line = [&](const char* what, double fraction) {
    std::printf("%-22s %5.1f %%  (%.0f of %zu)\n", what, 100 * fraction,
                fraction * static_cast<double>(result.samples), result.samples);
  };
  line("right (top-1)", result.top1);
  line("among five (top-5)", result.top5);
  if (result.same_as_float) line("same answer as float", *result.same_as_float);
  line("best score shared", result.saturated);
  if (result.noise_to_signal) std::printf("%-22s %.4f\n", "noise/signal", *result.noise_to_signal);
}

Status run(const Options& options) {
  CORTADO_TRY(const auto labels, wanted_labels(options));
  std::vector<std::string> files;
  std::vector<std::int64_t> classes;
  for (const compiler::Label& label : labels) {
    files.push_back(label.file.string());
    classes.push_back(label.class_index);
  }
  LoadedProgram program;
  ir::Graph graph, float_graph;
  std::vector<Port> ports;
  if (is_program(options.model.model)) {
    CORTADO_TRY(program, load_program(options.model.model));
    ports = input_ports(program);
  } else {
    CORTADO_TRY(graph, load_normalised(options.model));
    ports = ports_of(graph);
  }
  CORTADO_TRY(const auto samples, open_samples(files, ports, options.image));
  compiler::EvaluateOptions how;
  how.progress = show_progress();
  compiler::ModelRunnerFactory model = compiler::graph_runner(graph), reference;
  if (is_program(options.model.model)) model = program_runner(program);
  if (options.execute.on != "host") {
    if (!is_program(options.model.model)) return usage_error("--on " + options.execute.on + " needs a program");
    how.threads = 1;  // keeps the order
    CORTADO_TRY(model, core_runner(program, *samples, options.execute));
  }
  if (!options.float_model.empty()) {
    ModelOptions float_options = options.model;
    float_options.model = options.float_model;
    if (zoo::find(float_options.model) == nullptr) float_options.weights.clear();
    CORTADO_TRY(float_graph, load_normalised(float_options));
    reference = compiler::graph_runner(float_graph);
  }
  CORTADO_TRY(const auto result, compiler::evaluate(*samples, classes, model, reference, how));
  print(result, options.json);
  return {};
}

}  // namespace

Command add_evaluate(CLI::App& parent) {
  CLI::App* app = add_subcommand(
      parent, "evaluate", "Measure how often a classifier is right",
      "  cortado evaluate model.pte --data images/ --labels labels.csv --float model.pt2\n"
      "  cortado evaluate model.pt2 --data images/ --labels labels.csv --image-resize 256 --image-crop 224 --json");
  auto options = std::make_shared<Options>();
  add_model_options(*app, options->model, "FILE");
  app->add_option("--data", options->data, "Folder with the samples: only labels of files in it count")->type_name("DIR");
  app->add_option("--labels", options->labels, "CSV with the header file,class_index[,name]; paths relative to it")
      ->type_name("FILE")
      ->required();
  app->add_option("--float", options->float_model, "The float model, to count equal answers")->type_name("MODEL");
  app->add_option("--on", options->execute.on, "Where a program runs: " + place_names())->capture_default_str();
  add_image_options(*app, options->image);
  app->add_flag("--json", options->json, "Print the result as JSON");
  return {app, [options] { return run(*options); }};
}

}  // namespace cortado::tools
