// The tables of a firmware that links only the operators of its models. Target, C++17.
//
//   #include "model.h"             // written by cortado compile --emit-header
//   #include "runtime/kernels.h"
//   CORTADO_KERNEL_TABLE(MODEL_KERNELS)
//   CORTADO_STAGE_TABLE(MODEL_STAGES)
//   CORTADO_LOOP_TABLE(MODEL_LOOPS)
//
// in one C++ file of the firmware. Without them the linker takes the tables of all operators, stages and inner loops
// from the library. For several models write lists with the operators of all, each once, in the order of their names
// (bytewise).
#pragma once

#include "ops/kernel_table.h"
#include "ops/loops.h"
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

#define CORTADO_KERNEL_TABLE(LIST)                                                                    \
  CORTADO_TABLE(LIST, CORTADO_DECLARE_KERNEL, Kernel, KernelTable, all_kernels)                       \
  namespace cortado::runtime {                                                                        \
  extern const PrepareCall all_calls;                                                                 \
  const PrepareCall all_calls = sizeof ops::own_all_kernels > sizeof(void*) ? prepare_call : nullptr; \
  }
#define CORTADO_STAGE_TABLE(LIST) CORTADO_TABLE(LIST, CORTADO_DECLARE_STAGE, Stage, StageTable, all_stages)

#define CORTADO_OWN_LOOP(symbol, name) LoopId::symbol,
#define CORTADO_LOOP_TABLE(LIST)                                         \
  namespace cortado::ops {                                               \
  namespace {                                                            \
  constexpr LoopId own_loops[] = {LIST(CORTADO_OWN_LOOP) LoopId::count}; \
  constexpr bool is_own(LoopId id) {                                     \
    for (const LoopId own : own_loops)                                   \
      if (own == id) return true;                                        \
    return false;                                                        \
  }                                                                      \
  }                                                                      \
  CORTADO_DEFINE_LOOPS                                                   \
  }
