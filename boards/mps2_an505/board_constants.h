// MPS2 with the AN505 image: an IoT Kit with a Cortex-M33 at 20 MHz.
#pragma once

#include <cstdint>

namespace cortado::board {

// A tick of SysTick (50 ns) in instructions of 64 ns: tick_factor / 2^tick_shift.
constexpr std::uint32_t tick_factor = 25;
constexpr std::uint32_t tick_shift = 5;

}  // namespace cortado::board
