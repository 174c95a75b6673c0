// Runs a program on an emulated Cortex-M: builds or reuses the firmware of a board, loads the .pte into the memory
// where a part would have it, runs it in QEMU and brings back outputs and exact instruction counts. Host.
//
// Every run ends: by its result, by a fault report, by its limit of instructions or by its limit of time.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "support/result.h"

namespace cortado::boards {

using Bytes = std::vector<std::uint8_t>;
// The inputs or outputs of one call in the program's order: physical bytes, in the program's types and dim orders.
using Sample = std::vector<Bytes>;

// What is being done, for a person to watch: "building firmware", 3 of 40. total = 0: it cannot be counted.
struct Progress {
  std::string_view what;
  std::size_t done = 0;
  std::size_t total = 0;
};
using ProgressCallback = std::function<void(const Progress&)>;

// Draws one line on stderr when that is a terminal, else does nothing.
ProgressCallback progress_on_terminal();

struct CoreRunOptions {
  std::string core = "cortex-m55";  // see core_names()
  Bytes program;                    // the .pte
  std::string method;               // empty: "forward", or the only one
  // One call each, in this order, without reloading: state that the program keeps is carried over.
  std::vector<Sample> samples;
  // Wire operators to link ("cortex_m::quantized_conv2d.out"): those the program names give the smallest firmware.
  // Empty: the general kernel set, all operators.
  std::vector<std::string> operators;
  bool per_operator = false;       // count every instruction of the plan, and every stage of row streams, too
  bool input_rows = false;         // the first input comes by rows, of a program compiled for it
  bool smallest_firmware = false;  // also link boards/firmware/smallest.cc, see FlashBytes::smallest_firmware
  bool cycles = false;  // model the cycles of all that is counted, and count bytes by memory; on the Cortex-M55
  std::uint64_t instruction_limit = 50'000'000'000;  // of the whole run, loading included
  std::chrono::seconds time_limit{600};              // of the emulator, on the host's clock
  ProgressCallback progress;                         // may be empty
  std::function<void(std::string_view)> notice;      // one line for the user; may be empty
};

// See boards/emulator/cycles.h. Zeros: not modelled.
struct ModelledCycles {
  double as_compiled = 0;  // the order of the instructions as it is
  double bound = 0;        // the best order
};

// What loads and stores move; instructions that are fetched do not count.
struct Traffic {
  std::string memory;                   // "program", "arena", "stack and variables", "code and its constants"
  std::uint64_t read = 0, written = 0;  // bytes
  std::uint64_t fetched = 0;            // bytes that reading takes if a cache of 32 KB is in front of this memory alone
};

// A function's part of a run.
struct FunctionCost {
  std::string name;  // demangled
  std::uint64_t instructions = 0;
  ModelledCycles cycles;
};

struct OperatorCost {
  std::uint32_t instruction = 0;   // index in the program's plan
  std::uint32_t part = 0;          // stage of a row stream; 0 for others
  std::string op;                  // "cortex_m::quantized_conv2d.out", "conv2d"
  std::uint64_t instructions = 0;  // guest instructions, of the first sample
  ModelledCycles cycles;
  std::uint64_t fetched = 0;  // of the program, as Traffic has it; with the cycles
};

// What the firmware occupies in flash. Constants stay in the program.
struct FlashBytes {
  std::uint64_t runtime = 0;  // loader, executor, program reader, row streams, support
  std::uint64_t kernels = 0;  // ops/: kernels, stages, their checks and inner loops
  std::uint64_t loops = 0;    // of the kernels: the files of the stages' inner loops (ops/loops.h)
  std::uint64_t board = 0;    // start-up, console, files, what measures: a product's firmware has others in their place
  std::uint64_t other = 0;    // C library, gaps
  std::uint64_t program = 0;  // the .pte itself: constants and plan
  // All of another firmware, which only starts, loads the program and runs it, with all checks and without texts of
  // errors; 0: not linked.
  std::uint64_t smallest_firmware = 0;
};

struct CoreRun {
  std::vector<Sample> outputs;  // of each sample
  std::uint64_t load_instructions = 0;
  std::vector<std::uint64_t> run_instructions;  // of each sample
  std::uint64_t arena_bytes = 0;                // used of the arena: tensors, plans, tables
  bool large_arena = false;                     // it did not fit on the chip: external RAM
  bool large_program = false;                   // likewise for the program
  std::uint64_t stack_bytes = 0;                // high-water mark of the stack
  FlashBytes flash;
  std::vector<OperatorCost> per_operator;
  ModelledCycles cycles;                                // of the first sample, if modelled
  std::vector<FunctionCost> functions, load_functions;  // of the first sample and of loading, the dearest first
  std::vector<Traffic> traffic;                         // of the first sample, with the cycles
  std::string board;                                    // "mps3-an547"
  std::string console;                                  // what the firmware printed
};

// Errors: input when the program or an input is at fault (message of the runtime, fault report, limit reached),
// usage for an unknown core, and, with an apt-get line as hint, a missing compiler or emulator.
Result<CoreRun> run_on_core(const CoreRunOptions& options);

// "cortex-m0", …, in the order of the architecture.
std::vector<std::string> core_names();
// Whether run_on_core can work here: an error that names what is missing and how to install it.
Status check_core(std::string_view core);

}  // namespace cortado::boards
