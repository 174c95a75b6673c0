// The table of cores: what emulates each and how its firmware is compiled. One row adds a core. Host.
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "support/result.h"

namespace cortado::boards {

enum class Compiler : std::uint8_t { gcc, clang };

struct Core {
  std::string_view name;    // "cortex-m55"
  std::string_view board;   // "mps3-an547", for reports
  std::string_view folder;  // boards/FOLDER holds board.ld and board.h
  std::vector<std::string_view> machine;        // QEMU's arguments
  Compiler compiler = Compiler::gcc;
  std::vector<std::string_view> compile_flags;  // architecture only
  std::vector<std::string_view> link_flags;     // of arm-none-eabi-gcc: choose the C library
};

// In the order of the architecture.
std::span<const Core> cores();
// A usage error that lists the names when there is none such.
Result<const Core*> find_core(std::string_view name);

}  // namespace cortado::boards
