// Registers of the processor itself, the same on every Cortex-M. Source: Arm v6-M, v7-M and v8-M Architecture
// Reference Manuals, "System Control Space".
#pragma once

#include <cstdint>

namespace cortado::board {

inline volatile std::uint32_t& scs_register(std::uint32_t address) {
  return *reinterpret_cast<volatile std::uint32_t*>(address);
}

constexpr std::uint32_t systick_control = 0xE000E010;        // SYST_CSR
constexpr std::uint32_t systick_reload = 0xE000E014;         // SYST_RVR
constexpr std::uint32_t systick_current = 0xE000E018;        // SYST_CVR
constexpr std::uint32_t interrupt_control = 0xE000ED04;      // ICSR
constexpr std::uint32_t configuration_control = 0xE000ED14;  // CCR
constexpr std::uint32_t coprocessor_access = 0xE000ED88;     // CPACR
constexpr std::uint32_t fault_status = 0xE000ED28;           // CFSR: memory, bus and usage faults
constexpr std::uint32_t hard_fault_status = 0xE000ED2C;      // HFSR
constexpr std::uint32_t memory_fault_address = 0xE000ED34;   // MMFAR
constexpr std::uint32_t bus_fault_address = 0xE000ED38;      // BFAR

// The mainline profiles have the fault registers and Thumb-2; v6-M and v8-M Baseline do not.
#if defined(__ARM_ARCH_ISA_THUMB) && __ARM_ARCH_ISA_THUMB >= 2 && !defined(__ARM_ARCH_8M_BASE__)
#define CORTADO_BOARD_MAINLINE 1
#else
#define CORTADO_BOARD_MAINLINE 0
#endif
#if defined(__ARM_ARCH_8M_MAIN__) || defined(__ARM_ARCH_8_1M_MAIN__)
#define CORTADO_BOARD_STACK_LIMIT 1  // MSPLIM: running out of stack is a fault, not a corruption
#else
#define CORTADO_BOARD_STACK_LIMIT 0
#endif

}  // namespace cortado::board
