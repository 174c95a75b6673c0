// Does to the board what tests want to see: the command line's first word says what.
#include <string.h>

#include "boards/target/board.h"

using namespace cortado;

namespace {

// volatile, so that the compiler does not know what happens.
volatile std::uintptr_t nowhere = 0xF0000001;  // unaligned too: some emulated boards let reads of nothing pass

int use_up_stack(int depth) {
  volatile std::uint8_t some[256];
  some[0] = static_cast<std::uint8_t>(depth);
  return depth < 0 ? 0 : use_up_stack(depth + 1) + some[0];
}

void write_to(std::uintptr_t address) { *reinterpret_cast<volatile std::uint32_t*>(address & ~std::uintptr_t{3}) = 0; }

// Loops of exactly 2 instructions a turn, plus `extra` for setting up the registers.
std::uint64_t count_loop(std::uint32_t turns) {
  const std::uint64_t begin = board::instructions();
  __asm volatile(".syntax unified\n 1: subs %0, #1\n bne 1b" : "+l"(turns)::"cc");
  return board::instructions_between(begin, board::instructions());
}

// The difference of two loops is exact: what surrounds the loop is the same. The long one outlasts the counter's wrap.
int count() {
  board::start_instruction_counter(0);
  const std::uint64_t none = count_loop(1);
  board::print(count_loop(1001) - none);
  board::print(" ");
  board::print(count_loop(10'000'001) - none);
  board::print("\n");
  return board::exit_done;
}

int echo_file() {
  std::uint8_t bytes[5];
  if (board::read_file("input", bytes, 4) || board::read_file("missing", bytes, 5)) return board::exit_failed;
  if (!board::read_file("input", bytes, 5)) return board::exit_failed;
  for (std::uint8_t& byte : bytes) byte = static_cast<std::uint8_t>(byte + 1);
  return board::write_file("output", bytes, 5) ? board::exit_done : board::exit_failed;
}

int paint() {
  board::print(static_cast<std::uint64_t>(board::stack_high_water_bytes()));
  board::print(" ");
  volatile std::uint8_t large[1500];
  for (volatile std::uint8_t& byte : large) byte = 1;
  board::print(static_cast<std::uint64_t>(board::stack_high_water_bytes()));
  board::print("\n");
  return board::exit_done;
}

}  // namespace

int firmware_main() {
  const board::CommandLine& line = board::command_line();
  const char* what = line.count > 1 ? line.words[1] : "";
  if (strcmp(what, "count") == 0) return count();
  if (strcmp(what, "files") == 0) return echo_file();
  if (strcmp(what, "paint") == 0) return paint();
  if (strcmp(what, "undefined") == 0) __asm volatile("udf #0");
  if (strcmp(what, "read") == 0) return *reinterpret_cast<volatile int*>(nowhere);
  if (strcmp(what, "jump") == 0) reinterpret_cast<void (*)()>(nowhere - 1)();
  if (strcmp(what, "write_code") == 0) write_to(reinterpret_cast<std::uintptr_t>(&firmware_main));
  if (strcmp(what, "write_program") == 0) write_to(reinterpret_cast<std::uintptr_t>(board::program_memory().start));
  if (strcmp(what, "stack") == 0) {
    board::start_instruction_counter(50'000'000);  // some emulated boards let writes to nowhere pass
    return use_up_stack(0);
  }
  if (strcmp(what, "endless") == 0) {
    board::start_instruction_counter(50'000'000);
    for (;;) __asm volatile("");
  }
  if (strcmp(what, "stuck") == 0) {  // not even the counter's interrupt gets through
    __asm volatile("cpsid i");
    for (;;) __asm volatile("");
  }
  return 42;
}
