// The table of cores: what emulates each and how its firmware is compiled. One row adds a core. Host.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "support/result.h"

namespace cortado::boards {

enum class Compiler : std::uint8_t { gcc, clang };

struct Core {
  std::string_view name;                  // "cortex-m55"; one core may be there on several boards
  std::string_view board;                 // "mps3-an547", for reports
  std::string_view folder;                // boards/FOLDER holds board.ld and board.h
  std::vector<std::string_view> machine;  // QEMU's arguments
  int icount_shift = 6;  // an instruction takes 2^icount_shift ns of the board's time: see board_constants.h
  Compiler compiler = Compiler::gcc;
  std::string_view clang_target = {};   // with clang only
  std::vector<std::string_view> flags;  // the architecture, for compiling and for choosing the C library
};

// In the order of the architecture.
std::span<const Core> cores();
// A usage error that lists the names when there is none such.
Result<const Core*> find_core(std::string_view name);

}  // namespace cortado::boards
