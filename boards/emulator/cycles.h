// What a counted run costs in a model of the core's pipeline. Host.
//
// Every basic block costs its executions times the cycles that llvm-mca's model of the Cortex-M55 takes for it when it
// repeats, and a cycle for each branch other than the end of a low-overhead loop. Memories answer at once: wait states
// and caches are not modelled. Two figures make a band: one for the order of the instructions as it is, and a bound for
// the best order that a scheduler could give each block, which is what they take of the model's units.
#pragma once

#include <vector>

#include "boards/emulator/profile.h"

namespace cortado::boards {

struct RegionCost {
  std::uint64_t instructions = 0;  // those that count instructions (board::) left out, here and below
  ModelledCycles cycles;
  std::vector<FunctionCost> functions;  // the dearest first
};

// An input error with what to install where llvm-19 is missing.
Result<std::map<std::uint32_t, RegionCost>> model_cycles(const std::filesystem::path& elf, const Counts& counts,
                                                         const std::filesystem::path& scratch);

}  // namespace cortado::boards
