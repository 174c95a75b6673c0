// cortado: PyTorch models on Cortex-M, one command per step.
#include <algorithm>
#include <array>

#include "tools/command.h"
#include "tools/console.h"
#include "tools/memory.h"

int main(int argc, char** argv) {
  using namespace cortado::tools;
  keep_freed_memory();
  CLI::App app("Puts PyTorch models on Arm Cortex-M microcontrollers.", "cortado");
  app.set_version_flag("--version", std::string("cortado ") + CORTADO_VERSION);
  app.require_subcommand(1);
  app.footer(
      "Each command has its own --help with examples.\n"
      "Exit codes: 0 done, 1 the input or the model is at fault, 2 the command line is, 3 cortado is.");
  const std::array commands = {add_compile(app), add_calibrate(app), add_run(app),
                               add_inspect(app), add_evaluate(app),  add_compare(app),
                               add_bench(app),   add_operators(app), add_doctor(app)};
  const auto is_given = [&](const Command& command) { return command.app->get_name() == argv[1]; };
  if (argc > 1 && argv[1][0] != '-' && std::none_of(commands.begin(), commands.end(), is_given))
    return report_error(cortado::usage_error(std::string("unknown command '") + argv[1] + "'", "see cortado --help"));
  if (const int code = parse(app, argc, argv); code >= 0) return code;
  for (const Command& command : commands)
    if (command.app->parsed()) {
      auto status = command.run();
      return status ? 0 : report_error(status.error());
    }
  return 0;
}
