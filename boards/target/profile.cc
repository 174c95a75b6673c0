// Tells the emulator's counting plugin (boards/emulator/plugin/) which region of the run begins. Elsewhere it does
// nothing: the hint is reserved and runs as a no-operation.
#include "boards/target/board.h"

namespace cortado::board {

__attribute__((noinline)) void begin_region(unsigned region) {
  // Code lies in 64 KB of memory that can be read, wherever: the low bits of an address there are the region.
  const std::uintptr_t code = reinterpret_cast<std::uintptr_t>(&begin_region) & ~std::uintptr_t{0xffff};
  std::uintptr_t at = code + (region & 0xffff);
  __asm volatile(".syntax unified\n .inst.n 0xbf80\n ldrb %0, [%0]" : "+l"(at) : : "memory");
}

}  // namespace cortado::board
