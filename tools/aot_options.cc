#include <CLI/CLI.hpp>

#include "tools/aot.h"
#include "tools/model.h"
#include "tools/options.h"

namespace cortado::tools {

void add_aot_options(CLI::App& app, AotOptions& options) {
  app.add_option(
         "-m,--model_name", options.model_name,
         "A .py with ModelUnderTest and ModelInputs, a module saved as .pt or .pth, a .pt2, or a built-in model: " +
             built_in_names())
      ->required();
  app.add_option("--weights", options.weights, "Checkpoint of a built-in model (.pth, .pt, .npz, .safetensors)");
  app.add_option("--model_input", options.python.model_input, "Example inputs of a Python model (.pt)");
  add_python_options(app, options.python);
  app.add_option("-t,--target", options.target,
                 "cortex-m0, m0plus, m3, m4, m7, m23, m33, m35p, m55 or m85; +int8 may follow")
      ->capture_default_str();
  app.add_flag("-q,--quantize", options.quantize, "Produce a quantized program");
  app.add_option(
      "--calibration_data", options.calibration_data,
      "File or folder of samples (.pt, .pth, .npy, .npz, images); without it ranges come from made-up samples");
  app.add_option("-i,--intermediates", options.intermediates,
                 "Folder for the exported program, delegation_info.txt and the graph after every pass");
  app.add_option("-o,--output", options.output, "A .pte file or a folder (default: MODEL_arm_TARGET.pte here)");
  app.add_flag("--cortex-m-explicit-layout", options.explicit_layout, "Image operators on explicit NHWC tensors");
  app.add_flag("--non_strict_export", options.non_strict_export,
               "Export a Python model without torch.export's strict mode");
  app.add_flag("--debug", options.debug, "Print more");
  const std::string ignored = "Accepted; has no effect here", refused = "Not there yet: refused";
  app.add_flag("-d,--delegate", options.delegate, "Ignored with a warning: Cortex-M programs delegate nothing")
      ->group(ignored);
  app.add_flag("--enable_qdq_fusion_pass", options.enable_qdq_fusion_pass, "Deprecated in ExecuTorch")->group(ignored);
  app.add_option("-e,--evaluate", "Removed from ExecuTorch; see cortado evaluate")
      ->expected(0, 1)
      ->each([&](const std::string&) { options.evaluate = true; })
      ->trigger_on_parse()
      ->group(ignored);
  app.add_option("-c,--evaluate_config", options.evaluate_config, "Removed from ExecuTorch")->group(ignored);
  app.add_option("--system_config", options.system_config, "For Ethos-U")->group(ignored);
  app.add_option("--memory_mode", options.memory_mode, "For Ethos-U")->group(ignored);
  app.add_option("--config", options.config, "For Ethos-U")->group(ignored);
  app.add_option("--enable_debug_mode", options.enable_debug_mode, "For TOSA")
      ->check(CLI::IsMember({"json", "tosa"}))
      ->group(ignored);
  app.add_flag("--bundleio", options.bundleio, "Program bundled with inputs and outputs (.bpte)")->group(refused);
  app.add_flag("--etrecord", options.etrecord, "ETRecord for ExecuTorch's developer tools")->group(refused);
  app.add_option("-s,--so_library", options.so_library, "Custom operators")->group(refused);
  app.add_flag("--direct_drive", options.direct_drive, "For Ethos-U")->group(refused);
}

}  // namespace cortado::tools
