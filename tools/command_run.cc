// cortado run
#include <cstdio>
#include <filesystem>

#include "compiler/interpret/interpreter.h"
#include "compiler/normalise/normalise.h"
#include "formats/tensors/npy.h"
#include "tools/command.h"
#include "tools/console.h"
#include "tools/execute.h"
#include "tools/json.h"
#include "tools/made_up_inputs.h"
#include "tools/model.h"
#include "tools/options.h"
#include "tools/print_outputs.h"

namespace cortado::tools {
namespace {

struct RunOptions {
  ModelOptions model;
  std::vector<std::string> inputs;
  std::string output, classes;
  ExecuteOptions execute;
  ImageOptions image;
  PrintOptions print;
  bool made_up_inputs = false;
  bool json = false;
};

// What ran: a program, or a model by the float meaning of its operators.
struct Ran {
  Tensors outputs;
  std::vector<std::string> names;
  std::optional<std::uint64_t> instructions;  // on a core
};

Result<Tensors> inputs_for(const LoadedProgram& program, const RunOptions& options) {
  if (options.made_up_inputs) return made_up_inputs(program);
  return program_inputs(program, options.inputs, options.image);
}

Result<Ran> run_program(const RunOptions& options) {
  CORTADO_TRY(auto program, load_program(options.model.model, options.execute.method));
  CORTADO_TRY(const Tensors inputs, inputs_for(program, options));
  CORTADO_TRY(Execution execution, execute(program, {inputs}, options.execute));
  Ran ran;
  ran.outputs = std::move(execution.outputs.at(0));
  for (const runtime::PortInfo& port : program.session->outputs()) ran.names.push_back(port.name);
  if (execution.core) ran.instructions = execution.core->run_instructions.at(0);
  return ran;
}

Result<Ran> run_model(const RunOptions& options) {
  if (options.execute.on != "host")
    return usage_error("--on " + options.execute.on + " needs a program: compile the model first");
  if (options.made_up_inputs) return usage_error("--made-up-inputs needs a program: compile the model first");
  CORTADO_TRY(Model model, load_model(options.model));
  ir::Graph& graph = model.graph;
  CORTADO_CHECK(compiler::normalise(graph));
  CORTADO_TRY(const Tensors inputs, read_inputs(options.inputs, ports_of(graph), options.image));
  Ran ran;
  CORTADO_TRY(ran.outputs, compiler::interpret(graph, inputs));
  for (const ir::Output& output : graph.outputs()) ran.names.push_back(output.name);
  return ran;
}

Status write_outputs(const Tensors& outputs, const std::filesystem::path& folder) {
  std::error_code error;
  std::filesystem::create_directories(folder, error);
  if (error || !std::filesystem::is_directory(folder)) {
    const std::string reason = error ? error.message() : "a file has that name";
    return input_error("cannot make the folder " + folder.string() + ": " + reason);
  }
  for (std::size_t i = 0; i < outputs.size(); ++i)
    CORTADO_CHECK(formats::write_npy(folder / ("output_" + std::to_string(i) + ".npy"), outputs[i]));
  return {};
}

void print_as_json(const Ran& ran, const RunOptions& options) {
  Json outputs = Json::array();
  for (std::size_t i = 0; i < ran.outputs.size(); ++i) {
    const ir::Tensor& tensor = ran.outputs[i];
    Json output = {{"name", ran.names[i]}, {"dtype", name(tensor.dtype())}, {"shape", tensor.shape()}};
    if (options.output.empty()) output["values"] = elements(tensor);
    outputs.push_back(output);
  }
  Json result = {{"on", options.execute.on}, {"outputs", outputs}, {"outputs_crc32", checksum(ran.outputs)}};
  if (ran.instructions) result["instructions"] = *ran.instructions;
  print_json(result);
}

Status run_run(RunOptions options) {
  if (!options.classes.empty()) {
    CORTADO_TRY(options.print.classes, read_classes(options.classes));
  }
  const bool is_program = std::filesystem::path(options.model.model).extension() == ".pte";
  CORTADO_TRY(const Ran ran, is_program ? run_program(options) : run_model(options));
  if (!options.output.empty()) CORTADO_CHECK(write_outputs(ran.outputs, options.output));
  if (options.json)
    print_as_json(ran, options);
  else if (options.output.empty())
    print_outputs(ran.names, ran.outputs, options.print);
  if (ran.instructions) notice(options.execute.on + ": " + std::to_string(*ran.instructions) + " instructions");
  return {};
}

}  // namespace

Command add_run(CLI::App& parent) {
  CLI::App* app = add_subcommand(parent, "run", "Run a program on the host or on an emulated core, or a model in float",
                                 "  cortado run model.pte --input x.npy\n"
                                 "  cortado run model.pte --input all_inputs.npz --output results/\n"
                                 "  cortado run model.pte --input cat.png --image-resize 256 --image-crop 224 --top 5\n"
                                 "  cortado run model.pte --input x.npy --on cortex-m55 --json\n"
                                 "  cortado run model.pte --made-up-inputs --json\n"
                                 "  cortado run model.pt2 --input x.npy");
  auto options = std::make_shared<RunOptions>();
  add_model_options(*app, options->model, "");
  app->add_option("program", options->model.model, "A .pte, or a model as for cortado compile")->required();
  auto* input =
      app->add_option(
             "--input", options->inputs,
             "A file with all inputs (.npz: input_0, …), or one file an input, in order (.npy, .pt, .pth, images)")
          ->type_name("FILE");
  app->add_flag("--made-up-inputs", options->made_up_inputs,
                "The inputs with which examples/timing times a program on a board")
      ->excludes(input);
  app->add_option("--output", options->output, "Write output_0.npy, … there instead of printing")->type_name("DIR");
  app->add_option("--on", options->execute.on, "Where a program runs: " + place_names())->capture_default_str();
  app->add_option("--method", options->execute.method, "Method of a program (default: forward)");
  app->add_option("--top", options->print.top, "Print only the N largest elements of the first output")->type_name("N");
  app->add_option("--classes", options->classes, "Names for --top, one a line")->type_name("FILE");
  add_image_options(*app, options->image);
  app->add_flag("--json", options->json, "Print the result as JSON");
  return {app, [options] { return run_run(*options); }};
}

}  // namespace cortado::tools
