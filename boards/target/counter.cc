// Counting instructions by SysTick. In the emulator, started with -icount shift=S, every instruction takes 2^S ns of
// the board's time. A board's constants give a tick in instructions: tick_factor / 2^tick_shift, so that reading takes
// no division and always the same few instructions.
//
// The counter needs a tick to start, and shows a tick that has begun only when it is over, hence
//   instructions = floor((ticks + 2) · tick_factor / 2^tick_shift),
// exact where a tick is shorter than an instruction. The interrupt at each wrap of the 24-bit counter runs a known
// number of instructions, which are taken off, and looks after the limit.
#include "board_constants.h"
#include "boards/target/board.h"
#include "boards/target/registers.h"

namespace {

constexpr std::uint32_t max_reload = 0xFFFFFF;
constexpr std::uint32_t handler_instructions = 8;

struct CounterState {
  std::uint32_t wraps;
  std::uint32_t limit_wraps;
};
std::uint32_t reload = max_reload;
std::uint64_t reading_cost;

std::uint64_t instructions_of(std::uint64_t ticks) {
  return ((ticks + 2) * cortado::board::tick_factor) >> cortado::board::tick_shift;
}

}  // namespace

extern "C" {
__attribute__((used)) volatile CounterState board_counter_state;

[[noreturn]] __attribute__((used)) void board_limit_reached() {
  cortado::board::print("LIMIT of instructions reached\n");
  cortado::board::exit(cortado::board::exit_instruction_limit);
}

// Exactly handler_instructions until it returns.
__attribute__((naked)) void board_systick() {
  __asm volatile(
      ".syntax unified\n"
      "ldr r0, =board_counter_state\n"
      "ldm r0!, {r1, r2}\n"
      "subs r0, #8\n"
      "adds r1, #1\n"
      "str r1, [r0]\n"
      "cmp r1, r2\n"
      "bhs board_limit_is_near\n"
      "bx lr\n"
      "board_limit_is_near:\n"
      "ldr r0, =board_limit_reached\n"
      "bx r0");
}
}

namespace cortado::board {

void start_instruction_counter(std::uint64_t limit) {
  // A short limit makes short periods, so that it is noticed in time.
  const std::uint64_t limit_ticks =
      limit >> (64 - tick_shift) != 0 ? UINT64_MAX : (limit << tick_shift) / tick_factor + 1;
  reload = limit != 0 && limit_ticks < max_reload ? static_cast<std::uint32_t>(limit_ticks) : max_reload;
  const std::uint64_t limit_wraps = limit == 0 ? UINT32_MAX : limit_ticks / (reload + std::uint64_t{1}) + 1;
  board_counter_state.wraps = 0;
  board_counter_state.limit_wraps = limit_wraps < UINT32_MAX ? static_cast<std::uint32_t>(limit_wraps) : UINT32_MAX;
  scs_register(systick_control) = 0;
  scs_register(systick_reload) = reload;
  scs_register(systick_current) = 0;
  scs_register(systick_control) = 7;  // processor clock, interrupt, on
  reading_cost = 0;
  const std::uint64_t first = instructions();
  reading_cost = instructions() - first;
}

std::uint64_t instructions_between(std::uint64_t begin, std::uint64_t end) {
  const std::uint64_t difference = end - begin;
  return difference > reading_cost ? difference - reading_cost : 0;
}

// Not inlined: every reading costs the same.
__attribute__((noinline))  // Not inlined, so that every reading costs the same.
__attribute__((noinline)) std::uint64_t
instructions() {
  constexpr std::uint32_t systick_is_pending = 1u << 26;
  std::uint32_t wraps;
  std::uint32_t left;
  do {
    wraps = board_counter_state.wraps;
    left = scs_register(systick_current);
  } while (wraps != board_counter_state.wraps || (scs_register(interrupt_control) & systick_is_pending) != 0);
  const std::uint64_t ticks = static_cast<std::uint64_t>(wraps) * (reload + std::uint64_t{1}) + (reload - left);
  return instructions_of(ticks) - static_cast<std::uint64_t>(wraps) * handler_instructions;
}

}  // namespace cortado::board
