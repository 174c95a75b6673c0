#include "cycle_counter.h"

#include "timing.h"

namespace timing {
namespace {

using Register = volatile uint32_t;

Register& at(uint32_t address) { return *reinterpret_cast<Register*>(address); }

constexpr uint32_t systick_control = 0xE000E010, systick_reload = 0xE000E014, systick_value = 0xE000E018;
constexpr uint32_t cpuid = 0xE000ED00, interrupt_control = 0xE000ED04;
constexpr uint32_t systick_is_pending = 1u << 26;  // of interrupt_control; written: make it so
constexpr uint32_t longest = 0xFFFFFF;

volatile uint32_t wraps;
bool uses_dwt;
uint32_t former_control, former_reload;
uint64_t reading_cost;

#if defined(__ARM_ARCH_6M__)
bool start_dwt() { return false; }  // v6-M has none, and reading its place may fault
uint32_t dwt_count() { return 0; }
#else
constexpr uint32_t debug_control = 0xE000EDFC;  // DEMCR
constexpr uint32_t dwt_control = 0xE0001000, dwt_cycles = 0xE0001004, dwt_lock = 0xE0001FB0;

uint32_t dwt_count() { return at(dwt_cycles); }

bool start_dwt() {
  at(debug_control) = at(debug_control) | 1u << 24;     // TRCENA
  at(dwt_lock) = 0xC5ACCE55;                            // a Cortex-M7 locks it; others have nothing there
  if ((at(dwt_control) & 1u << 25) != 0) return false;  // NOCYCCNT
  at(dwt_cycles) = 0;
  at(dwt_control) = at(dwt_control) | 1;  // CYCCNTENA
  const uint32_t before = dwt_count();
  for (uint32_t i = 0; i < 100; ++i) __asm volatile("nop");
  return dwt_count() != before;
}
#endif

// Whether it counts, and its interrupt reaches cortado_timing_systick().
bool start_systick() {
  former_control = at(systick_control) & 7;
  former_reload = at(systick_reload);
  at(systick_control) = 0;
  at(systick_reload) = longest;
  at(systick_value) = 0;
  at(systick_control) = 7;  // the core's clock, interrupt, on
  at(interrupt_control) = systick_is_pending;
  for (uint32_t i = 0; i < 1000 && wraps == 0; ++i) __asm volatile("nop");
  const bool arrives = wraps != 0;
  wraps = 0;
  at(systick_value) = 0;
  return arrives;
}

uint64_t systick_count() {
  uint32_t before, left;
  do {
    before = wraps;
    left = at(systick_value);
  } while (before != wraps || (at(interrupt_control) & systick_is_pending) != 0);
  return uint64_t{before} * (longest + 1) + (longest - left);
}

}  // namespace

const char* start_counter() {
  wraps = 0;
  reading_cost = 0;
  uses_dwt = start_dwt();
  if (!uses_dwt && !start_systick()) return nullptr;
  const uint64_t begin = counted();
  reading_cost = counted_between(begin, counted());
  return uses_dwt ? "DWT" : "SysTick";
}

void stop_counter() {
  if (uses_dwt) return;
  at(systick_control) = 0;
  at(systick_reload) = former_reload;
  at(systick_value) = 0;
  at(systick_control) = former_control;
}

__attribute__((noinline)) uint64_t counted() { return uses_dwt ? dwt_count() : systick_count(); }

uint64_t counted_between(uint64_t begin, uint64_t end) {
  const uint64_t difference = uses_dwt ? static_cast<uint32_t>(end - begin) : end - begin;
  return difference > reading_cost ? difference - reading_cost : 0;
}

const char* core_name() {
  switch (at(cpuid) >> 4 & 0xFFF) {
    case 0xC20: return "cortex-m0";
    case 0xC60: return "cortex-m0plus";
    case 0xC23: return "cortex-m3";
    case 0xC24: return "cortex-m4";
    case 0xC27: return "cortex-m7";
    case 0xD20: return "cortex-m23";
    case 0xD21: return "cortex-m33";
    case 0xD22: return "cortex-m55";
    case 0xD23: return "cortex-m85";
    case 0xD24: return "cortex-m52";
    default: return "unknown";
  }
}

}  // namespace timing

extern "C" void cortado_timing_systick() { timing::wraps = timing::wraps + 1; }
