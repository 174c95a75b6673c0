// Every exception that nobody expects ends here: registers to the console, then exit_fault.
#include "boards/target/board.h"
#include "boards/target/registers.h"

namespace {

// What the core pushes on entry to an exception.
struct Frame {
  std::uint32_t r0, r1, r2, r3, r12, lr, pc, xpsr;
};

const char* const names[] = {"Thread",    "Reset",    "NMI",        "HardFault",
                             "MemManage", "BusFault", "UsageFault", "SecureFault"};

void line(const char* label, std::uint32_t value) {
  cortado::board::print(label);
  cortado::board::print_hex(value);
}

bool in_stack(const Frame* frame) {
  const cortado::board::Memory stack = cortado::board::stack_memory();
  const auto* at = reinterpret_cast<const std::uint8_t*>(frame);
  return at >= stack.start && at + sizeof(Frame) <= stack.start + stack.size_bytes;
}

void print_status() {
#if CORTADO_BOARD_MAINLINE
  using namespace cortado::board;
  const std::uint32_t status = scs_register(fault_status);
  line("  cfsr ", status);
  line("  hfsr ", scs_register(hard_fault_status));
  if (status & (1u << 7)) line("  mmfar ", scs_register(memory_fault_address));
  if (status & (1u << 15)) line("  bfar ", scs_register(bus_fault_address));
  print("\n");
  if (status & (1u << 20)) print("  the stack is used up\n");
  if (status & (1u << 24)) print("  an access is not aligned\n");
  if (status & (1u << 16)) print("  an instruction is undefined\n");
#endif
}

}  // namespace

extern "C" [[noreturn]] __attribute__((used)) void board_report_fault(const Frame* frame, std::uint32_t exc_return) {
  using namespace cortado::board;
  std::uint32_t exception;
  __asm volatile("mrs %0, ipsr" : "=r"(exception));
  print("FAULT: ");
  print(exception < sizeof names / sizeof *names ? names[exception] : "exception ");
  if (exception >= sizeof names / sizeof *names) print_hex(exception);
  if (in_stack(frame)) {
    const bool has_float = (exc_return & (1u << 4)) == 0;
    const std::uint32_t pushed = (has_float ? 104u : 32u) + (frame->xpsr & (1u << 9) ? 4u : 0u);
    line(" at pc ", frame->pc);
    line("\n  lr ", frame->lr);
    line("  xpsr ", frame->xpsr);
    line("  sp ", static_cast<std::uint32_t>(reinterpret_cast<std::uintptr_t>(frame)) + pushed);
    line("\n  r0 ", frame->r0);
    line("  r1 ", frame->r1);
    line("  r2 ", frame->r2);
    line("  r3 ", frame->r3);
    line("  r12 ", frame->r12);
  } else {
    line(": the stack pointer is outside of the stack: ",
         static_cast<std::uint32_t>(reinterpret_cast<std::uintptr_t>(frame)));
  }
  print("\n");
  print_status();
  exit(exit_fault);
}

// The stack may be what failed: the report has its own.
extern "C" __attribute__((naked)) void board_fault() {
  __asm volatile(".syntax unified\n mrs r0, msp\n mov r1, lr");
#if CORTADO_BOARD_STACK_LIMIT
  __asm volatile("movs r2, #0\n msr msplim, r2");
#endif
  __asm volatile("ldr r2, =board_fault_stack_end\n mov sp, r2\n ldr r2, =board_report_fault\n bx r2");
}
