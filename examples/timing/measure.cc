#include "measure.h"

#include <string.h>

#include "cycle_counter.h"
#include "tensors.h"

namespace timing {
namespace {

void fail(Measured& measured, const char* text) { strncpy(measured.error.text, text, sizeof measured.error.text - 1); }

bool has_failed(const Measured& measured) { return measured.error.text[0] != '\0'; }

void make_up_inputs(const cortado_model* model) {
  cortado_tensor tensor;
  for (uint32_t i = 0; cortado_input(model, i, &tensor) == CORTADO_OK; ++i) make_up(tensor);
}

uint32_t outputs_checksum(const cortado_model* model) {
  uint32_t sum = 0;
  cortado_tensor tensor;
  for (uint32_t i = 0; cortado_output(model, i, &tensor) == CORTADO_OK; ++i) sum = checksum(tensor, sum);
  return sum;
}

// From the state after loading, with the same inputs each time. Its outputs have to be those of the first run.
uint64_t run(cortado_model* model, Measured& measured) {
  cortado_reset(model);
  make_up_inputs(model);
  const uint64_t begin = counted();
  const cortado_status status = cortado_run(model);
  const uint64_t cycles = counted_between(begin, counted());
  const uint32_t sum = outputs_checksum(model);
  if (measured.runs == 0) measured.checksum = sum;
  if (status != CORTADO_OK)
    fail(measured, "an index among the inputs is out of range");
  else if (sum != measured.checksum)
    fail(measured, "a run gave other outputs than the first");
  return cycles;
}

void time_runs(const cortado_options& options, uint32_t runs, Measured& measured) {
  cortado_model* model = nullptr;
  const uint64_t begin = counted();
  const cortado_status status = cortado_load(&options, &model, &measured.error);
  measured.load = counted_between(begin, counted());
  if (status != CORTADO_OK) return;
  while (measured.runs < runs && !has_failed(measured)) {
    const uint64_t cycles = run(model, measured);
    measured.cycles[measured.runs++] = cycles;
  }
}

struct Observed {
  const cortado_model* model;
  Measured* measured;
  uint32_t part;
  uint64_t begin;
};

// With a watched program a row stream takes a step at a time, and each step belongs to a stage.
void on_instruction(void* context, uint32_t index, const char*, bool done) {
  Observed& observed = *static_cast<Observed*>(context);
  if (done) {
    const uint64_t cycles = counted_between(observed.begin, counted());
    if (observed.part < cortado_timing_most_parts) observed.measured->parts[observed.part].cycles += cycles;
    return;
  }
  observed.part = cortado_next_part(observed.model, index);
  for (uint32_t i = 0; i < index; ++i) observed.part += cortado_part_count(observed.model, i);
  observed.begin = counted();
}

void list_parts(const cortado_model* model, Measured& measured) {
  for (uint32_t i = 0; i < cortado_instruction_count(model); ++i)
    for (uint32_t part = 0; part < cortado_part_count(model, i); ++part, ++measured.part_count)
      if (measured.part_count < cortado_timing_most_parts)
        measured.parts[measured.part_count] = {i, cortado_part_name(model, i, part), 0};
}

void time_parts(cortado_options options, Measured& measured) {
  Observed observed = {nullptr, &measured, 0, 0};
  options.context = &observed;
  options.on_instruction = on_instruction;
  cortado_model* model = nullptr;
  if (cortado_load(&options, &model, &measured.error) != CORTADO_OK) return;
  observed.model = model;
  list_parts(model, measured);
  run(model, measured);
}

}  // namespace

void measure(const cortado_timing& timing, Measured& measured) {
  measured.error.text[0] = '\0';
  measured.runs = measured.part_count = 0;
  cortado_options options = {};
  options.program = timing.program;
  options.program_bytes = timing.program_bytes;
  options.arena = {timing.arena, timing.arena_bytes};
  uint32_t runs = timing.runs != 0 ? timing.runs : 11;
  if (runs > cortado_timing_most_runs) runs = cortado_timing_most_runs;
  measured.counter = start_counter();
  if (measured.counter == nullptr)
    return fail(measured, "nothing counts: SysTick's handler must call cortado_timing_systick()");
  cortado_sizes sizes;
  if (cortado_measure(&options, &sizes, &measured.error) == CORTADO_OK) {
    measured.arena_bytes = sizes.arena_bytes;
    time_runs(options, runs, measured);
  }
  if (!has_failed(measured)) time_parts(options, measured);
  stop_counter();
}

}  // namespace timing
