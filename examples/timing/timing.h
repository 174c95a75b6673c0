/* Times a program on the board it runs on, and prints what it took as one JSON object.
 *
 *   static void put(int letter) { … }     // sends a letter to the serial port
 *   cortado_timing timing = {.put = put, .clock_hz = SystemCoreClock};
 *   time_model(&timing);                  // time_model.cc: the model of this build
 *
 * The inputs are made up as `cortado run --made-up-inputs` does on the host, so that the outputs' crc32 must be the
 * same. Whoever calls it has set clocks, caches and the FPU as the product has them; interrupts that run meanwhile
 * count, too.
 */
#ifndef CORTADO_TIMING_H
#define CORTADO_TIMING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Room, 8 and 16 bytes each: of a small core less, as its RAM is small. Operators and stages beyond it are left out. */
#if defined(__ARM_ARCH_6M__)
enum { cortado_timing_most_runs = 21, cortado_timing_most_parts = 32 };
#else
enum { cortado_timing_most_runs = 101, cortado_timing_most_parts = 256 };
#endif

typedef struct cortado_timing {
  void (*put)(int letter); /* sends one letter: a UART's, semihosting's, … */
  uint32_t clock_hz;       /* of the core; 0: not known, microseconds are left out */
  uint32_t runs;           /* 1 … cortado_timing_most_runs; 0: 11. The median is of so many */
  void* stack_low;         /* the lowest address of the stack in use, for its high-water mark; NULL: not told */
  const void* program;     /* the .pte, 16-aligned */
  size_t program_bytes;
  void* arena; /* 16-aligned */
  size_t arena_bytes;
} cortado_timing;

/* False when the program cannot be loaded, when a run fails, when runs differ in their outputs, or when nothing counts;
 * the JSON has an "error" then. */
bool cortado_time(const cortado_timing* timing);

/* The same for the model that is built in: program and arena are set by it. */
bool time_model(cortado_timing* timing);

/* To be called by the handler of SysTick where the core has no cycle counter (Cortex-M0 and M0+, emulators); elsewhere
 * SysTick is not touched. */
void cortado_timing_systick(void);

#ifdef __cplusplus
}
#endif

#endif /* CORTADO_TIMING_H */
