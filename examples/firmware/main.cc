// Runs the model and prints where its first output is largest, with what each operator took. C functions of
// runtime/cortado.h; board:: is the emulated board's console and counter, to be replaced by your board's.
#include <string.h>

#include "boards/target/board.h"
#include "model.h"
#include "runtime/cortado.h"
#include "runtime/kernels.h"

CORTADO_KERNEL_TABLE(MODEL_KERNELS)  // link what this model calls and nothing else
CORTADO_STAGE_TABLE(MODEL_STAGES)
CORTADO_LOOP_TABLE(MODEL_LOOPS)

namespace {

using namespace cortado;

alignas(16) std::uint8_t arena[MODEL_ARENA_BYTES];
std::uint64_t begin;

void log(void*, const char* text) {
  board::print(text);
  board::print("\n");
}

void time_operator(void*, std::uint32_t, const char* op, bool done) {
  if (!done) {
    begin = board::instructions();
    return;
  }
  board::print(board::instructions_between(begin, board::instructions()));
  board::print(" instructions: ");
  log(nullptr, op);
}

}  // namespace

int firmware_main() {
  cortado_options options = {};
  options.program = model_pte;
  options.program_bytes = model_pte_bytes;
  options.arena = {arena, sizeof arena};
  options.log = log;
  options.on_instruction = time_operator;
  cortado_model* model = nullptr;
  cortado_tensor input, output;
  if (cortado_load(&options, &model, nullptr) != CORTADO_OK) return board::exit_failed;  // log() has told why
  if (cortado_input(model, 0, &input) != CORTADO_OK || cortado_output(model, 0, &output) != CORTADO_OK)
    return board::exit_failed;

  board::start_instruction_counter(0);
  memset(input.data, MODEL_INPUT_0_ZERO_POINT, input.bytes);  // your sensor's values, before every run
  board::begin_region(1);  // for `cortado bench build/firmware`, which models the cycles of what runs here
  cortado_run(model);
  board::begin_region(0);
  const model_output_0_t* scores = static_cast<const model_output_0_t*>(output.data);
  std::size_t best = 0;
  for (std::size_t i = 1; i < output.bytes / sizeof *scores; ++i)
    if (scores[i] > scores[best]) best = i;
  board::print("class ");
  board::print(best);
  board::print("\n");
  return board::exit_done;
}
