// MPS2 with the AN386 image: a Cortex-M4 at 25 MHz.
#pragma once

#include <cstdint>

namespace cortado::board {

// A tick of SysTick (40 ns) in instructions of 64 ns: tick_factor / 2^tick_shift.
constexpr std::uint32_t tick_factor = 5;
constexpr std::uint32_t tick_shift = 3;

}  // namespace cortado::board
