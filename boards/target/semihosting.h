// Arm semihosting: a breakpoint with an operation in r0 and a pointer to its arguments in r1.
// Source: Arm's "Semihosting for AArch32 and AArch64".
#pragma once

#include <cstdint>

namespace cortado::board {

enum class Semihosting : std::uint32_t {
  open = 0x01,
  close = 0x02,
  write0 = 0x04,
  write = 0x05,
  read = 0x06,
  file_length = 0x0C,
  get_command_line = 0x15,
  exit_extended = 0x20,
};

inline std::int32_t semihost(Semihosting operation, const void* arguments) {
  register std::uint32_t r0 __asm("r0") = static_cast<std::uint32_t>(operation);
  register const void* r1 __asm("r1") = arguments;
  __asm volatile("bkpt 0xab" : "+r"(r0) : "r"(r1) : "memory");
  return static_cast<std::int32_t>(r0);
}

// Arguments are words; pointers are words too on these cores.
inline std::uint32_t word(const void* pointer) {
  return static_cast<std::uint32_t>(reinterpret_cast<std::uintptr_t>(pointer));
}

}  // namespace cortado::board
