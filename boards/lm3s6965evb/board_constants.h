// Stellaris LM3S6965 evaluation board, its core replaced by a Cortex-M0.
#pragma once

#include <cstdint>

namespace cortado::board {

// A tick of SysTick (80 ns) in instructions of 128 ns: tick_factor / 2^tick_shift.
constexpr std::uint32_t tick_factor = 5;
constexpr std::uint32_t tick_shift = 3;

}  // namespace cortado::board
