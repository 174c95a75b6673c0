// The tables of a firmware that links only the operators of its models. Target, C++17.
//
//   #include "model.h"             // written by cortado compile --emit-header
//   #include "runtime/kernels.h"
//   CORTADO_KERNEL_TABLE(MODEL_KERNELS)
//   CORTADO_STAGE_TABLE(MODEL_STAGES)
//
// in one C++ file of the firmware. Without them the linker takes the tables of all operators from the library. For
// several models write lists with the operators of all, each once, in the order of their names (bytewise).
#pragma once

#include "ops/kernel_table.h"
#include "ops/stage.h"
#include "runtime/calls.h"

#define CORTADO_DECLARE_KERNEL(symbol, name) extern const Kernel symbol;
#define CORTADO_DECLARE_STAGE(symbol, name) extern const Stage symbol;
#define CORTADO_ROW(symbol, name) &symbol,

#define CORTADO_TABLE(LIST, DECLARE, Row, Table, table)                              \
  namespace cortado::ops {                                                           \
  LIST(DECLARE)                                                                      \
  namespace {                                                                        \
  const Row* const own_##table[] = {LIST(CORTADO_ROW) nullptr};                      \
  }                                                                                  \
  extern const Table table;                                                          \
  const Table table = {own_##table, sizeof own_##table / sizeof own_##table[0] - 1}; \
  }

#define CORTADO_KERNEL_TABLE(LIST)                                                                  \
  CORTADO_TABLE(LIST, CORTADO_DECLARE_KERNEL, Kernel, KernelTable, all_kernels)                     \
  namespace cortado::runtime {                                                                      \
  extern const PrepareCall all_calls;                                                               \
  const PrepareCall all_calls = sizeof ops::own_all_kernels > sizeof(void*) ? prepare_call : nullptr; \
  }
#define CORTADO_STAGE_TABLE(LIST) CORTADO_TABLE(LIST, CORTADO_DECLARE_STAGE, Stage, StageTable, all_stages)
