// Memory protection, where the core has an MPU: flash cannot be written, not even when the emulator keeps it in RAM,
// and RAM cannot be executed. A firmware that breaks either rule faults at once. Source: Arm v7-M and v8-M Architecture
// Reference Manuals, "Protected Memory System Architecture".
#include "boards/target/board.h"
#include "boards/target/registers.h"

extern "C" {
extern std::uint8_t board_code_start[], board_code_size[];
extern std::uint8_t board_data_memory_start[], board_data_memory_size[];
}

namespace cortado::board {

#if CORTADO_BOARD_MAINLINE
namespace {

constexpr std::uint32_t mpu_type = 0xE000ED90;
constexpr std::uint32_t mpu_control = 0xE000ED94;
constexpr std::uint32_t mpu_region_number = 0xE000ED98;
constexpr std::uint32_t mpu_region_base = 0xE000ED9C;
constexpr std::uint32_t mpu_region_attributes = 0xE000EDA0;  // v7-M; on v8-M its limit
constexpr std::uint32_t mpu_memory_attributes = 0xE000EDC0;  // v8-M only
constexpr std::uint32_t never_execute_v7 = 1u << 28;

enum class Access : std::uint8_t { code, constants, data };

#if CORTADO_BOARD_STACK_LIMIT  // v8-M: a region is any range of 32-byte blocks
void describe_region(std::uint32_t start, std::uint32_t size_bytes, Access access) {
  const std::uint32_t read_only = access != Access::data ? 2u << 1 : 0u;
  const std::uint32_t never_execute = access != Access::code ? 1u : 0u;
  scs_register(mpu_memory_attributes) = 0xFF;  // attribute 0: normal memory, write-back
  scs_register(mpu_region_base) = start | read_only | never_execute;
  scs_register(mpu_region_attributes) = ((start + size_bytes - 1) & ~31u) | 1u;
}
#else  // v7-M: a power of two, aligned to itself; others stay unprotected
void describe_region(std::uint32_t start, std::uint32_t size_bytes, Access access) {
  if ((size_bytes & (size_bytes - 1)) != 0 || (start & (size_bytes - 1)) != 0) return;
  std::uint32_t log2 = 5;
  while ((1u << log2) < size_bytes) ++log2;
  const std::uint32_t read_write = access == Access::data ? 1u : 5u;  // by privileged code, which is all there is
  constexpr std::uint32_t normal_write_back = 0b001011u << 16;        // TEX = 1, C and B
  scs_register(mpu_region_base) = start;
  scs_register(mpu_region_attributes) = (access != Access::code ? never_execute_v7 : 0u) | (read_write << 24) |
                                        normal_write_back | ((log2 - 1) << 1) | 1u;
}
#endif

void protect(std::uint32_t& region, const Memory& memory, Access access) {
  const std::uint32_t regions = (scs_register(mpu_type) >> 8) & 0xFF;
  if (memory.size_bytes == 0 || region >= regions) return;
  scs_register(mpu_region_number) = region++;
  describe_region(static_cast<std::uint32_t>(reinterpret_cast<std::uintptr_t>(memory.start)),
                  static_cast<std::uint32_t>(memory.size_bytes), access);
}

std::size_t value(const std::uint8_t* symbol) {
  return static_cast<std::size_t>(reinterpret_cast<std::uintptr_t>(symbol));
}

}  // namespace

void protect_memories() {
  const Memory code = {board_code_start, value(board_code_size)};
  std::uint32_t region = 0;
  protect(region, code, Access::code);
  // Regions must not overlap: a program behind the firmware is in the region of the code.
  const Memory program = program_memory();
  if (program.start >= code.start + code.size_bytes || program.start < code.start)
    protect(region, program, Access::constants);
  protect(region, large_program_memory(), Access::constants);
  protect(region, {board_data_memory_start, value(board_data_memory_size)}, Access::data);
  protect(region, arena_memory(), Access::data);
  protect(region, large_arena_memory(), Access::data);
  constexpr std::uint32_t on_with_background = 5;  // other addresses as without MPU; off inside fault handlers
  scs_register(mpu_control) = region != 0 ? on_with_background : 0;
  __asm volatile("dsb\n isb" ::: "memory");
}
#else
void protect_memories() {}
#endif

}  // namespace cortado::board
