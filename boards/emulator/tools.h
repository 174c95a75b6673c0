// The programs that building and emulating need, found in PATH. Host.
#pragma once

#include <filesystem>
#include <string_view>
#include <vector>

#include "boards/emulator/cores.h"

namespace cortado::boards {

// The file that `name` runs, looked up in PATH. An error without a hint when there is none.
Result<std::filesystem::path> find_program(std::string_view name);

struct Tools {
  std::filesystem::path compiler;  // of C++ to objects
  std::filesystem::path linker;    // arm-none-eabi-gcc: knows where the C library is
  std::filesystem::path emulator;
};
// All of them, or an error that names what is missing and the apt-get line that installs it.
Result<Tools> find_tools(const Core& core);

}  // namespace cortado::boards
