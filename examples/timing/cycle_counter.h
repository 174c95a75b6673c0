// The core's own count of cycles: DWT's CYCCNT where there is one that counts, else SysTick, which the caller's handler
// must hand to cortado_timing_systick(). Sources: Arm v6-M, v7-M and v8-M Architecture Reference Manuals.
#pragma once

#include <stdint.h>

namespace timing {

// Chooses and starts it: "DWT" or "SysTick"; null when neither counts.
const char* start_counter();
// Puts SysTick back where it was taken.
void stop_counter();

// Counts from some beginning. "DWT" has 32 bits: one interval is shorter than 2^32 cycles (10 s at 400 MHz).
uint64_t counted();
// Between two readings, the cost of reading left out.
uint64_t counted_between(uint64_t begin, uint64_t end);

// "cortex-m55", by its number in CPUID; "unknown" for others.
const char* core_name();

}  // namespace timing
