// ExecuTorch's aot_arm_compiler script: the same options, output names and messages, for the Cortex-M targets.
#pragma once

#include <string>

#include "support/result.h"
#include "tools/python_export.h"

namespace CLI {
class App;
}

namespace cortado::tools {

struct AotOptions {
  std::string model_name, weights, target = "cortex-m55";
  std::string calibration_data, intermediates, output;
  bool quantize = false, explicit_layout = false, delegate = false, debug = false;
  bool enable_qdq_fusion_pass = false, non_strict_export = false;
  PythonOptions python;  // --model_input among them
  // Accepted, and refused or ignored with a line that says so.
  bool bundleio = false, etrecord = false, direct_drive = false, evaluate = false;
  std::string so_library, evaluate_config, system_config, memory_mode, config, enable_debug_mode;
};

void add_aot_options(CLI::App& app, AotOptions& options);

// Compiles and prints the summary. A usage error for what does not exist here.
Status run_aot(const AotOptions& options);

// Where the program goes: `output` when it names a .pte, else "MODEL_arm_TARGET.pte" in the folder `output`, or here.
Result<std::string> aot_output_file(const AotOptions& options);

}  // namespace cortado::tools
