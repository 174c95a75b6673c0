// The model of this firmware, what it needs linked, and its arena.
#include "model.h"
#include "runtime/kernels.h"
#include "timing.h"

CORTADO_KERNEL_TABLE(MODEL_KERNELS)  // link what this model calls and nothing else
CORTADO_STAGE_TABLE(MODEL_STAGES)
CORTADO_LOOP_TABLE(MODEL_LOOPS)

alignas(16) static uint8_t arena[MODEL_ARENA_BYTES];

extern "C" bool time_model(cortado_timing* timing) {
  timing->program = model_pte;
  timing->program_bytes = model_pte_bytes;
  timing->arena = arena;
  timing->arena_bytes = sizeof arena;
  return cortado_time(timing);
}
