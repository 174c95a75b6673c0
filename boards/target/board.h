// What a firmware can ask of the board it runs on. Target, C++17, no heap.
//
// The console and the files are the host's, through semihosting: the core stops, the debugger (here the emulator)
// acts. On a part without a debugger only this header's implementation changes.
#pragma once

#include <cstddef>
#include <cstdint>

#include "boards/target/exit_codes.h"

namespace cortado::board {

struct Memory {
  std::uint8_t* start;
  std::size_t size_bytes;
};

// The memories of the linker script, see docs/boards.md. size_bytes is 0 where a board has none such.
Memory program_memory();        // flash: where the .pte lies
Memory large_program_memory();  // the same for programs that do not fit there
Memory arena_memory();          // on-chip SRAM
Memory large_arena_memory();    // off-chip RAM
Memory stack_memory();

void print(const char* text);
void print(std::uint64_t value);
void print_hex(std::uint32_t value);  // 0x and 8 digits
[[noreturn]] void exit(int code);

// The words of the command line; valid until the program ends.
struct CommandLine {
  static constexpr std::size_t max_words = 16;
  std::size_t count;
  const char* words[max_words];
};
const CommandLine& command_line();
// Decimal digits only; false when it is not a number or does not fit.
bool parse_number(const char* word, std::uint64_t& value);

// Whole files of the host. read_file fails when the file is not exactly size_bytes long.
bool read_file(const char* path, void* to, std::size_t size_bytes);
bool write_file(const char* path, const void* from, std::size_t size_bytes);
// A file that is written piece by piece; at most one at a time.
bool open_output(const char* path);
bool write_output(const void* from, std::size_t size_bytes);
bool write_output(const char* text);
bool write_output(std::uint64_t value);
bool close_output();

// Counts executed instructions from now on; ends the firmware with exit_instruction_limit when there were more than
// `limit` (noticed within 2^24 ticks; 0: no limit).
void start_instruction_counter(std::uint64_t limit);
// Instructions since then, those of the counter's own interrupt left out. Exact to the instruction where a tick is
// shorter than an instruction (see board_constants.h of each board).
std::uint64_t instructions();
// Instructions between two readings, the cost of reading left out.
std::uint64_t instructions_between(std::uint64_t begin, std::uint64_t end);

// Names what runs from here on, 1 … 65535, to an emulator that counts apart for each such region; 0: nothing of
// interest. Takes a few instructions, and does nothing else. Not std::uint32_t, which is another type for gcc than for
// clang: firmware of either may call it.
void begin_region(unsigned region);

// Flash read-only, RAM not executable, where the core has an MPU. The start-up does it.
void protect_memories();

// The most bytes of stack in use at any time since reset.
std::size_t stack_high_water_bytes();

}  // namespace cortado::board

// What the firmware does; its result is the exit code. Defined by each firmware.
int firmware_main();
