// On the emulated board: letters go to the host, SysTick counts what stands for cycles. A real board has a main()
// instead.
#include "boards/target/board.h"
#include "timing.h"

namespace {

void put(int letter) {
  const char text[2] = {static_cast<char>(letter), '\0'};
  cortado::board::print(text);
}

}  // namespace

extern "C" void board_systick() { cortado_timing_systick(); }

int firmware_main() {
  cortado_timing timing = {};
  timing.put = put;
  timing.stack_low = cortado::board::stack_memory().start;
  return time_model(&timing) ? cortado::board::exit_done : cortado::board::exit_failed;
}
