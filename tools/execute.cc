#include "tools/execute.h"

#include <algorithm>

#include "runtime/host/operators_of.h"
#include "support/atomic_file.h"
#include "tools/console.h"

namespace cortado::tools {
namespace {

Result<Execution> on_host(const LoadedProgram& program, const std::vector<Tensors>& samples) {
  Execution execution;
  for (const Tensors& inputs : samples) {
    CORTADO_TRY(execution.outputs.emplace_back(), program.session->run(inputs));
  }
  return execution;
}

// The tensors among the inputs, as the core takes them.
boards::Sample to_physical_bytes(const Tensors& tensors, const std::vector<runtime::PortInfo>& ports) {
  boards::Sample sample;
  const bool with_numbers = tensors.size() == ports.size();
  std::size_t next = 0;
  for (const runtime::PortInfo& port : ports) {
    if (with_numbers || port.is_tensor) ++next;
    if (!port.is_tensor) continue;
    const auto bytes = ir::to_physical(tensors[next - 1], port.type.full_dim_order());
    sample.emplace_back(bytes.bytes().begin(), bytes.bytes().end());
  }
  return sample;
}

Result<Tensors> from_physical_bytes(const boards::Sample& sample, const std::vector<runtime::PortInfo>& ports) {
  Tensors tensors;
  std::size_t next = 0;
  for (const runtime::PortInfo& port : ports) {
    if (!port.is_tensor) continue;
    const std::vector<std::uint8_t> order = port.type.full_dim_order();
    ir::Shape shape;
    for (const std::uint8_t dim : order) shape.push_back(port.type.shape[dim]);
    ir::Tensor physical(port.type.dtype, shape);
    if (next >= sample.size() || sample[next].size() != physical.size_bytes())
      return internal_error("the core returned other outputs than the program has");
    std::copy(sample[next].begin(), sample[next].end(), physical.mutable_bytes().begin());
    ++next;
    tensors.push_back(ir::to_logical(physical, order));
  }
  return tensors;
}

Result<Execution> on_core(const LoadedProgram& program, const std::vector<Tensors>& samples,
                          const ExecuteOptions& options) {
  boards::CoreRunOptions run;
  run.core = options.on;
  run.program = program.bytes;
  if (!options.method.empty()) run.method = options.method;
  run.operators = program.operators;
  run.per_operator = options.per_operator;
  run.smallest_firmware = options.smallest_firmware;
  run.cycles = options.cycles;
  run.input_rows = options.input_rows;
  if (show_progress()) run.progress = boards::progress_on_terminal();
  for (const Tensors& inputs : samples) run.samples.push_back(to_physical_bytes(inputs, program.session->inputs()));
  Execution execution;
  CORTADO_TRY(execution.core, boards::run_on_core(run));
  for (const boards::Sample& sample : execution.core->outputs) {
    CORTADO_TRY(execution.outputs.emplace_back(), from_physical_bytes(sample, program.session->outputs()));
  }
  return execution;
}

}  // namespace

Result<LoadedProgram> load_program(const std::string& file, const std::string& method) {
  CORTADO_TRY(auto bytes, read_file(file));
  return load_program(std::move(bytes), file, method);
}

Result<LoadedProgram> load_program(std::vector<std::uint8_t> bytes, const std::string& file,
                                   const std::string& method) {
  LoadedProgram program;
  program.file = file;
  program.bytes = std::move(bytes);
  CORTADO_TRY(auto session, runtime::Session::load(program.bytes, file, method));
  program.session = std::make_unique<runtime::Session>(std::move(session));
  program.operators = runtime::operators_of(program.session->program());
  return program;
}

std::vector<Port> input_ports(const LoadedProgram& program) {
  std::vector<Port> ports;
  for (const runtime::PortInfo& input : program.session->inputs())
    ports.push_back({input.name, input.is_tensor ? input.type : ir::Type{DType::f64, {}, {}, {}}});
  return ports;
}

Result<Tensors> program_inputs(const LoadedProgram& program, const std::vector<std::string>& files,
                               const ImageOptions& image) {
  auto inputs = read_inputs(files, input_ports(program), image);
  if (inputs) return inputs;
  std::vector<Port> tensors;
  for (const runtime::PortInfo& input : program.session->inputs())
    if (input.is_tensor) tensors.push_back({input.name, input.type});
  if (tensors.size() == program.session->inputs().size()) return inputs;
  auto without_numbers = read_inputs(files, tensors, image);
  return without_numbers ? without_numbers : inputs;
}

Result<Execution> execute(const LoadedProgram& program, const std::vector<Tensors>& samples,
                          const ExecuteOptions& options) {
  return options.on == "host" ? on_host(program, samples) : on_core(program, samples, options);
}

std::string place_names() {
  std::string names = "host";
  for (const std::string& core : boards::core_names()) names += ", " + core;
  return names;
}

}  // namespace cortado::tools
