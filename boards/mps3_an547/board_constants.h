// MPS3 with the AN547 image: an SSE-300 subsystem with a Cortex-M55 at 32 MHz.
#pragma once

#include <cstdint>

namespace cortado::board {

// A tick of SysTick (31.25 ns) in instructions of 64 ns: tick_factor / 2^tick_shift.
constexpr std::uint32_t tick_factor = 125;
constexpr std::uint32_t tick_shift = 8;

}  // namespace cortado::board
