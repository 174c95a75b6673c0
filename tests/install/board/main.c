/* A board's own program around examples/timing: the JSON goes to the serial port (CMSDK UART 0). */
#include "timing.h"

extern uint8_t __StackLimit[];

static volatile uint32_t* const uart = (volatile uint32_t*)0x40004000; /* DATA, STATE, CTRL, INTSTATUS, BAUDDIV */

static void put(int letter) {
  while ((uart[1] & 1) != 0) {
  }
  uart[0] = (uint32_t)letter;
}

void SysTick_Handler(void) {
#ifndef WITHOUT_SYSTICK
  cortado_timing_systick();
#endif
}

static void leave(bool done) { /* semihosting: the emulator ends */
  const uint32_t arguments[2] = {0x20026, done ? 0 : 1};
  register uint32_t r0 __asm("r0") = 0x20;
  register const uint32_t* r1 __asm("r1") = arguments;
  __asm volatile("bkpt 0xab" : "+r"(r0) : "r"(r1) : "memory");
}

int main(void) {
  uart[4] = 16;
  uart[2] = 1;
  cortado_timing timing = {.put = put, .clock_hz = 25000000, .runs = 3, .stack_low = __StackLimit};
  leave(time_model(&timing));
  for (;;) {
  }
}
