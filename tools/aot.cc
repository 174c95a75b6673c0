#include "tools/aot.h"

#include <cstdio>
#include <filesystem>

#include "compiler/target.h"
#include "support/atomic_file.h"
#include "tools/build_program.h"
#include "tools/console.h"
#include "tools/delegation.h"

namespace cortado::tools {
namespace {

using Path = std::filesystem::path;

Status refuse_what_is_not_there(const AotOptions& options) {
  const auto refuse = [](const std::string& what) { return usage_error(what + " is not there yet"); };
  if (options.target.rfind("cortex-m", 0) != 0)
    return usage_error("target '" + options.target + "' is not there yet: programs are made for cortex-m targets");
  if (options.bundleio) return refuse("--bundleio");
  if (options.etrecord) return refuse("--etrecord");
  if (!options.so_library.empty()) return refuse("--so_library");
  if (options.direct_drive) return refuse("--direct_drive");
  if (!options.calibration_data.empty() && !options.quantize)
    return usage_error("--calibration_data requires --quantize to be enabled");
  if (options.explicit_layout && !options.quantize)
    return usage_error("--cortex-m-explicit-layout requires --quantize");
  return {};
}

void warn_of_what_has_no_effect(const AotOptions& options) {
  if (options.delegate)
    warning("--delegate is ignored for target '" + options.target + "' (this target does not use delegated ops)");
  if (options.enable_qdq_fusion_pass) warning("--enable_qdq_fusion_pass is deprecated and has no effect");
  if (options.evaluate || !options.evaluate_config.empty())
    warning("evaluation is not part of this command any more: see cortado evaluate");
  if (!options.python.model_input.empty() && !is_python_model(options.model_name))
    warning("--model_input is ignored: '" + options.model_name + "' has its own inputs");
}

Status write_delegation(const AotOptions& options, const ir::Graph& graph) {
  if (options.intermediates.empty()) return {};
  const std::string text = delegation_info(graph);
  return write_file_atomically(Path(options.intermediates) / "delegation_info.txt",
                               {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()});
}

Status make_parent(const Path& file) {
  std::error_code error;
  const Path parent = file.parent_path();
  if (!parent.empty()) std::filesystem::create_directories(parent, error);
  if (error) return input_error("cannot make the folder " + parent.string() + ": " + error.message());
  return {};
}

Result<BuildOptions> build_options(const AotOptions& options) {
  BuildOptions build;
  build.model.model = options.model_name;
  build.model.weights = options.weights;
  build.model.python = options.python;
  build.model.python.strict = !options.non_strict_export;
  if (!options.intermediates.empty())
    build.model.export_to = Path(options.intermediates) / (model_name(options.model_name) + "_exported_program.pt2");
  if (!options.calibration_data.empty()) build.ranges.calibration = {options.calibration_data};
  build.ranges.most_samples = 1000;
  build.ranges.forbidden = !options.quantize;
  build.intermediates = options.intermediates;
  build.compile.explicit_layout = options.explicit_layout;
  CORTADO_TRY(build.compile.target, compiler::parse_target(options.target));
  return build;
}

}  // namespace

Result<std::string> aot_output_file(const AotOptions& options) {
  const std::string name = model_name(options.model_name) + "_arm_" + options.target + ".pte";
  if (options.output.empty()) return name;
  const std::string extension = Path(options.output).extension();
  if (extension == ".pte") return options.output;
  if (extension == ".bpte") return usage_error("a .bpte file is written by --bundleio, which is not there yet");
  return (Path(options.output) / name).string();
}

Status run_aot(const AotOptions& options) {
  CORTADO_CHECK(refuse_what_is_not_there(options));
  warn_of_what_has_no_effect(options);
  CORTADO_TRY(const std::string output, aot_output_file(options));
  CORTADO_TRY(const BuildOptions build, build_options(options));
  CORTADO_TRY(const Built built, build_program(build));
  CORTADO_CHECK(write_delegation(options, built.compiled.graph));
  std::printf("%s", delegation_summary(built.compiled.graph, options.intermediates).c_str());
  CORTADO_CHECK(make_parent(output));
  CORTADO_CHECK(write_file_atomically(output, built.compiled.bytes));
  std::printf("PTE file saved as %s\n", output.c_str());
  return {};
}

}  // namespace cortado::tools
