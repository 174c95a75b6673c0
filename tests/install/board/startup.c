/* The start-up of a board as vendors deliver it, for a Cortex-M4: vectors with CMSIS's names, .data, .bss, main(). */
#include <stdint.h>
#include <string.h>

extern uint8_t __StackTop[], __data_start[], __data_end[], __data_load[], __bss_start[], __bss_end[];
int main(void);
void SysTick_Handler(void);

static void Default_Handler(void) {
  for (;;) {
  }
}

static void Reset_Handler(void) {
  *(volatile uint32_t*)0xE000ED88 |= 0xFu << 20; /* the FPU */
  __asm volatile("dsb\n isb");
  memcpy(__data_start, __data_load, (size_t)(__data_end - __data_start));
  memset(__bss_start, 0, (size_t)(__bss_end - __bss_start));
  main();
  Default_Handler();
}

__attribute__((section(".isr_vector"), used)) static void (*const vectors[16])(void) = {
    [0] = (void (*)(void))__StackTop,
    [1] = Reset_Handler,
    [2 ... 14] = Default_Handler,
    [15] = SysTick_Handler,
};
