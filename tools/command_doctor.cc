// cortado doctor
#include <cstdio>

#include "boards/emulator/run.h"
#include "tools/command.h"

namespace cortado::tools {
namespace {

Status run() {
  std::printf("compiler: ready\n");
  bool all = true;
  for (const std::string& core : boards::core_names()) {
    const Status status = boards::check_core(core);
    all = all && status;
    std::printf("%s: %s\n", core.c_str(), status ? "emulation ready" : status.error().text().c_str());
  }
  return all ? Status() : input_error("something is missing");
}

}  // namespace

Command add_doctor(CLI::App& parent) {
  CLI::App* app = add_subcommand(parent, "doctor", "Tell what is installed and what is missing", "  cortado doctor");
  return {app, run};
}

}  // namespace cortado::tools
