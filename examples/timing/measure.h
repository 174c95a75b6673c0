// What a board is asked: cycles of loading, of whole runs, and of each operator and stage of a row stream.
#pragma once

#include "runtime/cortado.h"
#include "timing.h"

namespace timing {

// An instruction of the program, or a stage of one that is a row stream.
struct Part {
  uint32_t instruction;
  const char* name;
  uint64_t cycles;
};

struct Measured {
  const char* counter = nullptr;  // see cycle_counter.h
  cortado_error error = {};       // without a text: all of it was measured
  size_t arena_bytes = 0;         // that the program needs
  uint64_t load = 0;
  uint32_t runs = 0;
  uint64_t cycles[cortado_timing_most_runs] = {};  // of each run, in their order
  uint32_t part_count = 0;                         // may be more than there is room for
  Part parts[cortado_timing_most_parts] = {};
  uint32_t checksum = 0;  // of the outputs one after the other, of the first run
};

void measure(const cortado_timing& timing, Measured& measured);

}  // namespace timing
