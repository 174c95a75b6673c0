// Does nothing but to come back: shows that a board's start-up, console and emulation work.
#include "boards/target/board.h"

int firmware_main() {
  cortado::board::print("ready\n");
  return cortado::board::exit_done;
}
