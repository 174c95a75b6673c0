// cortado evaluate
#include <cstdio>
#include <filesystem>
#include <optional>

#include "compiler/evaluate/evaluate.h"
#include "compiler/evaluate/labels.h"
#include "compiler/normalise/normalise.h"
#include "compiler/target.h"
#include "tools/build_program.h"
#include "tools/command.h"
#include "tools/console.h"
#include "tools/execute.h"
#include "tools/json.h"
#include "tools/model.h"
#include "tools/options.h"
#include "tools/ranges.h"
#include "zoo/model.h"

namespace cortado::tools {
namespace {

struct EvaluateOptions {
  ModelOptions model;
  RangesOptions ranges;  // of a model that is to be quantized; its images' preparation is that of all samples
  std::string float_model;
  std::string data, labels;
  ExecuteOptions execute;
  bool json = false;
};

// What is evaluated: a program, or the graph of a float model.
struct Subject {
  std::optional<LoadedProgram> program;
  ir::Graph graph;
  std::vector<Port> ports;
  bool is_compiled_here = false;
};

bool is_program(const std::string& file) { return std::filesystem::path(file).extension() == ".pte"; }

// A link to a file lies where the link is.
bool lies_in(const std::filesystem::path& file, const std::filesystem::path& folder) {
  std::error_code ignored;
  const auto place = std::filesystem::weakly_canonical(std::filesystem::absolute(file, ignored).parent_path(), ignored);
  const auto relative =
      (place / file.filename()).lexically_relative(std::filesystem::weakly_canonical(folder, ignored));
  return !relative.empty() && *relative.begin() != "..";
}

// Those of the files in --data.
Result<std::vector<compiler::Label>> wanted_labels(const EvaluateOptions& options) {
  CORTADO_TRY(auto labels, compiler::read_labels(options.labels));
  if (!options.data.empty())
    std::erase_if(labels, [&](const compiler::Label& label) { return !lies_in(label.file, options.data); });
  if (labels.empty())
    return input_error(options.labels + ": has no file in " + options.data,
                       "its files are relative to the folder that it lies in");
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

// A model is evaluated in float unless something says that its int8 program is meant.
bool wants_program(const EvaluateOptions& options) {
  return options.execute.on != "host" || options.ranges.thorough || !options.ranges.calibration.empty() ||
         !options.ranges.ranges_file.empty();
}

Result<LoadedProgram> compile_model(const EvaluateOptions& options) {
  BuildOptions build;
  build.model = options.model;
  build.ranges = options.ranges;
  CORTADO_TRY(build.compile.target,
              compiler::parse_target(options.execute.on == "host" ? "cortex-m55" : options.execute.on));
  CORTADO_TRY(Built built, build_program(std::move(build)));
  return load_program(std::move(built.compiled.bytes), options.model.model);
}

Result<ir::Graph> load_normalised(const ModelOptions& model) {
  CORTADO_TRY(Model loaded, load_model(model));
  CORTADO_CHECK(compiler::normalise(loaded.graph));
  return std::move(loaded.graph);
}

Result<Subject> load_subject(const EvaluateOptions& options) {
  Subject subject;
  if (!is_program(options.model.model) && !wants_program(options)) {
    CORTADO_TRY(subject.graph, load_normalised(options.model));
    subject.ports = ports_of(subject.graph);
    return subject;
  }
  subject.is_compiled_here = !is_program(options.model.model);
  if (subject.is_compiled_here) {
    CORTADO_TRY(subject.program, compile_model(options));
  } else {
    CORTADO_TRY(subject.program, load_program(options.model.model));
  }
  subject.ports = input_ports(*subject.program);
  return subject;
}

Result<compiler::ModelRunnerFactory> runner_of(const Subject& subject, const compiler::SampleSource& samples,
                                               const EvaluateOptions& options) {
  if (!subject.program) return compiler::graph_runner(subject.graph);
  if (options.execute.on == "host") return program_runner(*subject.program);
  return core_runner(*subject.program, samples, options.execute);
}

// The float model to compare with: --float, or the model that was compiled here; nothing otherwise.
Result<std::optional<ir::Graph>> load_reference(const Subject& subject, const EvaluateOptions& options) {
  ModelOptions model = options.model;
  if (!options.float_model.empty()) {
    model.model = options.float_model;
    if (zoo::find(model.model) == nullptr) model.weights.clear();
  } else if (!subject.is_compiled_here) {
    return std::optional<ir::Graph>();
  } else {
    model.is_known = true;
  }
  CORTADO_TRY(ir::Graph graph, load_normalised(model));
  return std::optional(std::move(graph));
}

void print(const compiler::Evaluation& result, bool json) {
  if (json) {
    Json document = {{"samples", result.samples},
                     {"top1", result.top1},
                     {"top5", result.top5},
                     {"same_as_float", nullptr},
                     {"saturated", result.saturated}};
    if (result.same_as_float) document["same_as_float"] = *result.same_as_float;
    if (result.noise_to_signal) document["noise_to_signal"] = *result.noise_to_signal;
    if (result.undecided) document["undecided"] = *result.undecided;
    return print_json(document);
  }
  const auto line = [&](const char* what, double fraction) {
    std::printf("%-22s %5.1f %%  (%.0f of %zu)\n", what, 100 * fraction, fraction * static_cast<double>(result.samples),
                result.samples);
  };
  line("right (top-1)", result.top1);
  line("among five (top-5)", result.top5);
  if (result.same_as_float) line("same answer as float", *result.same_as_float);
  line("best score shared", result.saturated);
  if (result.undecided) line("closer than a step", *result.undecided);
  if (result.noise_to_signal) std::printf("%-22s %.4f\n", "noise/signal", *result.noise_to_signal);
}

Status run_evaluate(const EvaluateOptions& options) {
  CORTADO_TRY(const auto labels, wanted_labels(options));
  std::vector<std::string> files;
  std::vector<std::int64_t> classes;
  for (const compiler::Label& label : labels) {
    files.push_back(label.file.string());
    classes.push_back(label.class_index);
  }
  CORTADO_TRY(const Subject subject, load_subject(options));
  CORTADO_TRY(const auto reference_graph, load_reference(subject, options));
  CORTADO_TRY(const auto samples, open_samples(files, subject.ports, options.ranges.image));
  CORTADO_TRY(const auto model, runner_of(subject, *samples, options));
  compiler::ModelRunnerFactory reference;
  if (reference_graph) reference = compiler::graph_runner(*reference_graph);
  compiler::EvaluateOptions how;
  how.progress = show_progress();
  how.threads = options.execute.on == "host" ? options.ranges.threads : 1;  // a core's outputs come in order
  CORTADO_TRY(const auto result, compiler::evaluate(*samples, classes, model, reference, how));
  print(result, options.json);
  return {};
}

}  // namespace

Command add_evaluate(CLI::App& parent) {
  CLI::App* app = add_subcommand(
      parent, "evaluate", "Measure how often a classifier is right: in float, or in int8",
      "  cortado evaluate model.pte --data images/ --labels labels.csv --float model.pt2\n"
      "  cortado evaluate model.pt2 --data images/ --labels labels.csv --image-resize 256 --image-crop 224 --json\n"
      "  cortado evaluate model.pt2 --data images/ --labels labels.csv --calibration samples/ --on cortex-m55");
  auto options = std::make_shared<EvaluateOptions>();
  add_model_options(*app, options->model, "FILE");
  app->add_option("--data", options->data, "Folder with the samples: only labels of files in it count")
      ->type_name("DIR");
  app->add_option("--labels", options->labels, "CSV with the header file,class_index[,name]; paths relative to it")
      ->type_name("FILE")
      ->required();
  app->add_option("--float", options->float_model,
                  "The float model, to count equal answers and measure the scores' noise (default: FILE, when it is a "
                  "model that is compiled)")
      ->type_name("MODEL");
  app->add_option("--on", options->execute.on,
                  "Where the program runs: " + place_names() +
                      ". A model is compiled for it; on the host it runs in float, unless there are samples or ranges")
      ->capture_default_str();
  add_calibration_options(*app, options->ranges, true);
  app->add_flag("--json", options->json, "Print the result as JSON");
  return {app, [options] { return run_evaluate(*options); }};
}

}  // namespace cortado::tools
