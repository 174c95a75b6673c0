/* Runs a model that is linked into the firmware as an array of bytes (model_pte, 16-aligned: `cortado compile
 * --emit-header` writes one) and prints where the first output is largest. */
#include <stdio.h>
#include <string.h>

#include "runtime/cortado.h"

extern const uint8_t model_pte[];
extern const size_t model_pte_bytes;

static _Alignas(16) uint8_t arena[64 * 1024];

int main(void) {
  cortado_options options = {.program = model_pte, .program_bytes = model_pte_bytes, .arena = {arena, sizeof arena}};
  cortado_error error;
  cortado_model* model;
  if (cortado_load(&options, &model, &error) != CORTADO_OK) {
    printf("%s\n", error.text);
    return 1;
  }
  cortado_tensor input, output;
  if (cortado_input(model, 0, &input) != CORTADO_OK || cortado_output(model, 0, &output) != CORTADO_OK) return 1;

  memset(input.data, 1, input.bytes); /* the sensor's values go here, before every run */
  if (cortado_run(model) != CORTADO_OK) return 1;

  const int8_t* scores = output.data; /* output.dtype is CORTADO_I8 in this model */
  size_t best = 0;
  for (size_t i = 1; i < output.bytes; ++i)
    if (scores[i] > scores[best]) best = i;
  printf("class %u, score %d\n", (unsigned)best, scores[best]);
  return 0;
}
