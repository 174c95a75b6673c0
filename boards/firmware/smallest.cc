// The least that runs a program: the one in the board's memory for programs, once, on zeros. What it takes of flash is
// what Cortado takes of a product's. Prints the answer's first byte.
#include "boards/target/board.h"
#include "runtime/cortado.h"

int firmware_main() {
  using namespace cortado;
  const board::Memory program = board::program_memory(), arena = board::arena_memory();
  cortado_options options = {};
  options.program = program.start;
  options.program_bytes = program.size_bytes;
  options.arena = {arena.start, arena.size_bytes};
  cortado_model* model = nullptr;
  cortado_tensor input, output;
  cortado_error error;
  if (cortado_load(&options, &model, &error) != CORTADO_OK) {
    board::print(error.text);
    return board::exit_failed;
  }
  if (cortado_input(model, 0, &input) != CORTADO_OK || cortado_output(model, 0, &output) != CORTADO_OK)
    return board::exit_failed;
  for (std::size_t i = 0; i < input.bytes; ++i) static_cast<std::uint8_t*>(input.data)[i] = 0;
  if (cortado_run(model) != CORTADO_OK) return board::exit_failed;
  board::print_hex(*static_cast<const std::uint8_t*>(output.data));
  return board::exit_done;
}
