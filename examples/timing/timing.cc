#include "timing.h"

#include "report.h"

namespace timing {
namespace {

constexpr uint32_t paint = 0xC0DEC0DE;
constexpr size_t in_use = 64;  // bytes below the stack pointer that painting itself may take

volatile uint32_t* words(void* address) {
  return reinterpret_cast<volatile uint32_t*>((reinterpret_cast<uintptr_t>(address) + 3) & ~uintptr_t{3});
}

uint8_t* stack_pointer() {
  uint8_t* top;
  __asm volatile("mov %0, sp" : "=r"(top));
  return top;
}

void paint_stack(void* low) {
  uint8_t* const top = stack_pointer() - in_use;
  for (volatile uint32_t* at = words(low); reinterpret_cast<volatile uint8_t*>(at) < top; ++at) *at = paint;
}

// From `top` to the lowest word that is no longer paint.
size_t used_stack(void* low, const uint8_t* top) {
  const volatile uint32_t* at = words(low);
  while (reinterpret_cast<const volatile uint8_t*>(at) < top && *at == paint) ++at;
  return static_cast<size_t>(top - reinterpret_cast<const volatile uint8_t*>(at));
}

}  // namespace
}  // namespace timing

extern "C" bool cortado_time(const cortado_timing* timing) {
  using namespace timing;
  static Measured measured;  // not on the stack that is looked at
  uint8_t* const top = stack_pointer();
  Stack stack = {timing->stack_low != nullptr, 0};
  if (stack.is_known) paint_stack(timing->stack_low);
  measure(*timing, measured);
  if (stack.is_known) stack.bytes = used_stack(timing->stack_low, top);
  print(*timing, measured, stack);
  return measured.error.text[0] == '\0';
}
