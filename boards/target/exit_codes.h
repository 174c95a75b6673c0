// How a firmware ends, understood by boards/emulator. Host and target.
#pragma once

namespace cortado::board {

constexpr int exit_done = 0;
constexpr int exit_failed = 1;  // the firmware said why on the console
constexpr int exit_fault = 70;  // a fault report is on the console
constexpr int exit_instruction_limit = 71;

}  // namespace cortado::board
