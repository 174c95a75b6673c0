// aot_arm_compiler: ExecuTorch's script of that name, for Cortex-M.
#include "tools/aot.h"
#include "tools/command.h"
#include "tools/console.h"
#include "tools/memory.h"

int main(int argc, char** argv) {
  using namespace cortado::tools;
  keep_freed_memory();
  CLI::App app("Compiles a model into an ExecuTorch program for Arm Cortex-M.", "aot_arm_compiler");
  app.footer(
      "Examples:\n"
      "  aot_arm_compiler -m model.pt2 --target=cortex-m55+int8 --quantize --output=model.pte\n"
      "  aot_arm_compiler -m model.pt2 --target=cortex-m4 --quantize --calibration_data=samples/ "
      "--intermediates=steps");
  AotOptions options;
  add_aot_options(app, options);
  if (const int code = parse(app, argc, argv); code >= 0) return code;
  if (options.debug) set_verbosity(Verbosity::verbose);
  const auto status = run_aot(options);
  return status ? 0 : report_error(status.error());
}
