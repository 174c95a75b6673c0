// From reset to firmware_main(): vectors, floating point and vectors on, .data and .bss, the stack painted.
//
// There are no static constructors: the linker script refuses a firmware that has any.
#include <string.h>

#include "boards/target/board.h"
#include "boards/target/registers.h"

extern "C" {
// Of the linker script; only their addresses mean something.
extern std::uint8_t board_stack_start[], board_stack_end[];
extern std::uint8_t board_data_start[], board_data_end[], board_data_load[];
extern std::uint8_t board_bss_start[], board_bss_end[];
extern std::uint8_t board_program_start[], board_program_size[];
extern std::uint8_t board_large_program_start[], board_large_program_size[];
extern std::uint8_t board_arena_start[], board_arena_size[];
extern std::uint8_t board_large_arena_start[], board_large_arena_size[];

void board_reset();
void board_fault();
void board_systick();
}

namespace {

using Handler = void (*)();

struct VectorTable {
  std::uint8_t* initial_stack;
  Handler exceptions[15];  // 1 … 15; no interrupt of the part is ever enabled
};

__attribute__((section(".vectors"), used)) const VectorTable vectors = {
    board_stack_end,
    {board_reset, board_fault, board_fault, board_fault, board_fault, board_fault, board_fault, board_fault,
     board_fault, board_fault, board_fault, board_fault, board_fault, board_fault, board_systick}};

constexpr std::uint32_t stack_paint = 0xC0DEC0DE;

void enable_extensions() {
#if defined(__ARM_FP) || defined(__ARM_FEATURE_MVE)
  cortado::board::scs_register(cortado::board::coprocessor_access) |= 0xFu << 20;  // CP10 and CP11: FPU and Helium
#endif
#if defined(__ARM_FEATURE_MVE)
  cortado::board::scs_register(cortado::board::configuration_control) |= 1u << 19;  // LOB: low-overhead branches
#endif
  __asm volatile("dsb\n isb" ::: "memory");
}

// Paints what is free of the stack; the words above the stack pointer are in use.
void paint_stack() {
  std::uint8_t* top;
  __asm volatile("mov %0, sp" : "=r"(top));
  for (auto* at = reinterpret_cast<volatile std::uint32_t*>(board_stack_start);
       reinterpret_cast<volatile std::uint8_t*>(at + 8) <= top; ++at)
    *at = stack_paint;
}

cortado::board::Memory memory(std::uint8_t* start, const std::uint8_t* size) {
  return {start, static_cast<std::size_t>(reinterpret_cast<std::uintptr_t>(size))};
}

}  // namespace

extern "C" [[noreturn]] void board_reset_in_cxx() {
  enable_extensions();
  paint_stack();
  memcpy(board_data_start, board_data_load, static_cast<std::size_t>(board_data_end - board_data_start));
  memset(board_bss_start, 0, static_cast<std::size_t>(board_bss_end - board_bss_start));
  cortado::board::protect_memories();
  cortado::board::exit(firmware_main());
}

// The stack limit comes first, so that nothing runs without it.
extern "C" __attribute__((naked)) void board_reset() {
#if CORTADO_BOARD_STACK_LIMIT
  __asm volatile("ldr r0, =board_stack_start\n msr msplim, r0");
#endif
  __asm volatile(".syntax unified\n ldr r0, =board_reset_in_cxx\n bx r0");
}

// A pure virtual call cannot happen in code that compiles; the C++ ABI asks for the function nevertheless.
extern "C" [[noreturn]] void __cxa_pure_virtual() {
  cortado::board::print("pure virtual function called\n");
  cortado::board::exit(cortado::board::exit_fault);
}

namespace cortado::board {

Memory program_memory() { return memory(board_program_start, board_program_size); }
Memory large_program_memory() { return memory(board_large_program_start, board_large_program_size); }
Memory arena_memory() { return memory(board_arena_start, board_arena_size); }
Memory large_arena_memory() { return memory(board_large_arena_start, board_large_arena_size); }
Memory stack_memory() { return {board_stack_start, static_cast<std::size_t>(board_stack_end - board_stack_start)}; }

std::size_t stack_high_water_bytes() {
  const auto* at = reinterpret_cast<const std::uint32_t*>(board_stack_start);
  while (reinterpret_cast<const std::uint8_t*>(at) < board_stack_end && *at == stack_paint) ++at;
  return static_cast<std::size_t>(board_stack_end - reinterpret_cast<const std::uint8_t*>(at));
}

}  // namespace cortado::board
