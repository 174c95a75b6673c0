// A firmware's instructions as text. Host.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "support/result.h"

namespace cortado::boards {

struct Instruction {
  std::uint32_t function = 0;  // index into Disassembly::functions
  std::string text;            // "vldrw.u32 q0, [r0], #16", without condition
  std::string mnemonic;        // its first word without what follows a dot
  bool is_branch() const;      // it ends a basic block
  bool is_loop_end() const { return mnemonic == "le" || mnemonic == "letp"; }
};

struct Disassembly {
  std::vector<std::string> functions;                 // demangled
  std::map<std::uint32_t, Instruction> instructions;  // by address
  std::set<std::uint32_t> targets;                    // addresses that branches lead to
};

Result<Disassembly> disassemble(const std::filesystem::path& elf);

}  // namespace cortado::boards
