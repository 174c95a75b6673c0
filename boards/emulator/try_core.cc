#include "boards/emulator/try_core.h"

#include <fmt/format.h>

#include "boards/emulator/emulate.h"
#include "boards/emulator/files.h"
#include "boards/emulator/firmware.h"
#include "boards/target/exit_codes.h"

namespace cortado::boards {

Status try_core(std::string_view core, const ProgressCallback& progress) {
  EmulatorOptions emulator;
  CORTADO_TRY(emulator.core, find_core(core));
  CORTADO_TRY(const Tools tools, find_tools(*emulator.core));
  CORTADO_TRY(const TemporaryFolder folder, TemporaryFolder::create());
  CORTADO_TRY(const Firmware firmware,
              build_firmware({.core = emulator.core, .main = "boards/firmware/hello.cc", .with_runtime = false}, tools,
                             {progress, {}, folder.path()}));
  emulator.elf = firmware.elf;
  emulator.directory = folder.path();
  emulator.time_limit = std::chrono::seconds(60);
  CORTADO_TRY(const Ending ending, emulate(emulator, tools.emulator));
  if (ending.kind != Ending::Kind::exited || ending.exit_code != board::exit_done) return describe(ending, emulator);
  if (ending.console == "ready\n") return {};
  return internal_error(fmt::format("the {} printed '{}' in place of 'ready'", core, ending.console));
}

}  // namespace cortado::boards
