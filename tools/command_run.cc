// cortado run
#include <cstdio>
#include <filesystem>

#include "formats/tensors/npy.h"
#include "tools/command.h"
#include "tools/console.h"
#include "tools/execute.h"
#include "tools/json.h"
#include "tools/samples.h"

namespace cortado::tools {
namespace {

struct Options {
  std::string program;
  std::vector<std::string> inputs;
  std::string output;
  std::string method;
  ExecuteOptions execute;
  SampleOptions samples;
  bool json = false;
};

constexpr std::int64_t shown_elements = 64;

void print_tensor(const std::string& name, const ir::Tensor& tensor) {
  std::printf("%s %s:", name.c_str(), to_string(ir::Type{tensor.dtype(), tensor.shape(), {}, {}}).c_str());
  for (std::int64_t i = 0; i < std::min(tensor.elements(), shown_elements); ++i)
    std::printf(" %.9g", tensor.as_double(i));
  if (tensor.elements() > shown_elements)
    std::printf(" … (%lld more)", static_cast<long long>(tensor.elements() - shown_elements));
  std::printf("\n");
}

std::uint64_t instructions(const Execution& execution) {
  return execution.core ? execution.core->run_instructions.at(0) : 0;
}

void print_json_result(const LoadedProgram& program, const Execution& execution, const Options& options) {
  Json outputs = Json::array();
  for (std::size_t i = 0; i < execution.outputs[0].size(); ++i) {
    Json output = describe(program.session->outputs()[i].name, program.session->outputs()[i].type);
    if (options.output.empty()) output["values"] = elements(execution.outputs[0][i]);
    outputs.push_back(output);
  }
  Json result = {{"on", options.execute.on}, {"outputs", outputs}};
  if (execution.core) result["instructions"] = instructions(execution);
  print_json(result);
}

Status write_outputs(const Tensors& outputs, const std::filesystem::path& folder) {
  std::error_code error;
  std::filesystem::create_directories(folder, error);
  if (error || !std::filesystem::is_directory(folder))
    return input_error("cannot make the folder " + folder.string() + ": " +
                       (error ? error.message() : std::string("a file has that name")));
  for (std::size_t i = 0; i < outputs.size(); ++i)
    CORTADO_CHECK(formats::write_npy(folder / ("output_" + std::to_string(i) + ".npy"), outputs[i]));
  return {};
}

Status run(const Options& options) {
  CORTADO_TRY(auto program, load_program(options.program, options.method));
  std::vector<Port> ports;
  for (const runtime::PortInfo& input : program.session->inputs()) ports.push_back({input.name, input.type});
  CORTADO_TRY(auto inputs, read_inputs(options.inputs, ports, options.samples));
  CORTADO_TRY(const Execution execution, execute(program, {inputs}, options.execute));
  const Tensors& outputs = execution.outputs.at(0);
  if (!options.output.empty()) CORTADO_CHECK(write_outputs(outputs, options.output));
  if (options.json) {
    print_json_result(program, execution, options);
  } else if (options.output.empty()) {
    for (std::size_t i = 0; i < outputs.size(); ++i) print_tensor(program.session->outputs()[i].name, outputs[i]);
  }
  if (execution.core)
    notice(options.execute.on + ": " + std::to_string(instructions(execution)) + " instructions");
  return {};
}

}  // namespace

Command add_run(CLI::App& parent) {
  CLI::App* app = add_subcommand(parent, "run", "Run a program on the host or on an emulated core",
                                 "  cortado run model.pte --input x.npy\n"
                                 "  cortado run model.pte --input all_inputs.npz --output results/\n"
                                 "  cortado run model.pte --input cat.png --image-resize 256 --image-crop 224 --json\n"
                                 "  cortado run model.pte --input x.npy --on cortex-m55");
  auto options = std::make_shared<Options>();
  app->add_option("program", options->program, "The .pte")->type_name("OUT.pte")->required();
  app->add_option("--input", options->inputs,
                  "A file with all inputs (.npz: input_0, …), or one file an input, in order (.npy, .pt, .pth, images)")
      ->type_name("FILE");
  app->add_option("--output", options->output, "Write output_0.npy, … there instead of printing")->type_name("DIR");
  app->add_option("--on", options->execute.on, "Where: " + place_names())->capture_default_str();
  app->add_option("--method", options->method, "Method of the program (default: forward)");
  add_image_options(*app, options->samples);
  app->add_flag("--json", options->json, "Print the result as JSON");
  return {app, [options] {
            options->execute.method = options->method;
            return run(*options);
          }};
}

}  // namespace cortado::tools
