// Builds the firmware of a core from this source tree, or finds it in the cache. Host.
//
// Objects and firmware are cached under ${XDG_CACHE_HOME:-~/.cache}/cortado/firmware, named by a hash of everything
// that goes into them: sources, headers, flags and the compiler's version.
#pragma once

#include <functional>

#include "boards/emulator/cores.h"
#include "boards/emulator/emulate.h"
#include "boards/emulator/run.h"
#include "boards/emulator/tools.h"

namespace cortado::boards {

struct FirmwareSpec {
  const Core* core = nullptr;
  std::string main;  // the source that defines firmware_main(), relative to the source tree; empty: none, for a library
  bool with_runtime = true;
  bool error_texts = true;  // false: see support/error_report.h
  bool with_cases = false;  // the random cases of the operators, for tests
  // Wire operators to link, stages of row streams by their folder, "stage conv2d", and inner loops of these, "loop
  // quads_16"; empty: all; without loops: all of the stages.
  std::vector<std::string> operators;
};

struct Firmware {
  std::filesystem::path elf;
  FlashBytes flash;  // without the program
  // Where a program can lie and tensors and plans do; the large ones, which may be empty, are for those that do not
  // fit.
  Place program, large_program, arena, large_arena;
  Place code, data;  // the firmware itself with its constants; stack and variables
};

struct BuildOptions {
  ProgressCallback progress;
  std::function<void(std::string_view)> notice;
  std::filesystem::path scratch;  // a folder for what cannot be cached; it must outlive the firmware's use
};

// An internal error with the compiler's words when the sources do not compile.
Result<Firmware> build_firmware(const FirmwareSpec& spec, const Tools& tools, const BuildOptions& options);

}  // namespace cortado::boards
