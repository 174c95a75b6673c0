// The kernel table of a firmware that links only the operators of its models. Target, C++17.
//
//   #include "model.h"             // written by cortado compile --emit-header
//   #include "runtime/kernels.h"
//   #define KERNELS(X) MODEL_KERNELS(X)
//   CORTADO_KERNEL_TABLE(KERNELS)
//
// in one C++ file of the firmware. Without it the linker takes the table of all operators from the library. For several
// models KERNELS lists the operators of all, each once, in the order of their names (bytewise).
#pragma once

#include "ops/kernel_table.h"

#define CORTADO_DECLARE_KERNEL(symbol, name) extern const Kernel symbol;
#define CORTADO_KERNEL_ROW(symbol, name) &symbol,

#define CORTADO_KERNEL_TABLE(LIST)                                                      \
  namespace cortado::ops {                                                              \
  LIST(CORTADO_DECLARE_KERNEL)                                                          \
  namespace {                                                                           \
  const Kernel* const own_rows[] = {LIST(CORTADO_KERNEL_ROW) nullptr};                  \
  }                                                                                     \
  extern const KernelTable all_kernels;                                                 \
  const KernelTable all_kernels = {own_rows, sizeof own_rows / sizeof own_rows[0] - 1}; \
  }
