// BBC micro:bit: a Nordic nRF51822 with a Cortex-M0 at 16 MHz.
#pragma once

#include <cstdint>

namespace cortado::board {

// A tick of SysTick (62.5 ns) in instructions of 64 ns: tick_factor / 2^tick_shift.
constexpr std::uint32_t tick_factor = 125;
constexpr std::uint32_t tick_shift = 7;

}  // namespace cortado::board
