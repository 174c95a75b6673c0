// Runs a .pte where the user wants it: on the host or on an emulated core, with tensors in logical order.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "boards/emulator/run.h"
#include "ir/tensor.h"
#include "runtime/host/session.h"
#include "support/result.h"
#include "tools/samples.h"

namespace cortado::tools {

using Tensors = std::vector<ir::Tensor>;

// A program and its ports. Wherever it runs, the host's loader has checked it.
struct LoadedProgram {
  std::string file;
  std::vector<std::uint8_t> bytes;
  std::unique_ptr<runtime::Session> session;
  std::vector<std::string> operators;  // of its session's program
};
Result<LoadedProgram> load_program(const std::string& file, const std::string& method = {});
// `file` is its name in messages.
Result<LoadedProgram> load_program(std::vector<std::uint8_t> bytes, const std::string& file,
                                   const std::string& method = {});

// The program's inputs, and the tensors for them from the user's files. Inputs that are numbers may be left out.
std::vector<Port> input_ports(const LoadedProgram& program);
Result<Tensors> program_inputs(const LoadedProgram& program, const std::vector<std::string>& files,
                               const ImageOptions& image);

struct Execution {
  std::vector<Tensors> outputs;         // of each sample
  std::optional<boards::CoreRun> core;  // with its costs, when it ran on a core
};

// `on`: "host" or a core. `samples`: the inputs of each run, adapted to the program's types. State carries over.
struct ExecuteOptions {
  std::string on = "host";
  bool per_operator = false;
  bool input_rows = false;
  bool smallest_firmware = false;  // see boards::CoreRunOptions
  bool cycles = false;             // see boards::CoreRunOptions
  std::string method;
};
Result<Execution> execute(const LoadedProgram& program, const std::vector<Tensors>& samples,
                          const ExecuteOptions& options);

// "host, cortex-m55, …", for help texts.
std::string place_names();

}  // namespace cortado::tools
