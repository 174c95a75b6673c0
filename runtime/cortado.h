/* Cortado's runtime for C: loads and runs a .pte in memory that the caller gives. See runtime/program.h, which
 * explains the memory model; examples/minimal/main.c uses it.
 *
 * No function allocates, blocks or aborts, and none keeps a pointer into its options other than the program's bytes,
 * the memories and the observer's functions. A model is not thread safe; two models are independent unless they share
 * an arena.
 */
#ifndef CORTADO_RUNTIME_CORTADO_H
#define CORTADO_RUNTIME_CORTADO_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef enum cortado_status {
  CORTADO_OK = 0,
  CORTADO_INVALID_PROGRAM = 1,  /* the file is damaged or contradicts itself */
  CORTADO_UNSUPPORTED = 2,      /* a valid program that this build cannot run */
  CORTADO_MISSING_OPERATOR = 3, /* an operator that is not linked in; the text names it */
  CORTADO_INVALID_ARGUMENT = 4, /* the caller's mistake */
  CORTADO_ARENA_TOO_SMALL = 5   /* the text holds both sizes */
} cortado_status;

/* Element types, with ExecuTorch's codes. */
typedef enum cortado_dtype {
  CORTADO_U8 = 0,
  CORTADO_I8 = 1,
  CORTADO_I16 = 2,
  CORTADO_I32 = 3,
  CORTADO_I64 = 4,
  CORTADO_F16 = 5,
  CORTADO_F32 = 6,
  CORTADO_F64 = 7,
  CORTADO_BOOL = 11,
  CORTADO_BF16 = 15
} cortado_dtype;

typedef struct cortado_memory {
  void* data; /* 16-aligned */
  size_t bytes;
} cortado_memory;

/* Memory for the program's region memory_id (1, 2, …) elsewhere than in the arena. */
typedef struct cortado_placement {
  uint32_t memory_id;
  cortado_memory memory;
} cortado_placement;

/* Gives the rows of input `input` of a program compiled with --input-rows: the input then needs no memory, and its
 * tensor's data is NULL. read() writes row `row`, `bytes` long, to `to`; a run asks for the rows from the first to the
 * last, each once, whenever it needs them. It must not call the model. */
typedef struct cortado_row_source {
  uint32_t input;
  void* context;
  void (*read)(void* context, uint32_t row, void* to, size_t bytes);
} cortado_row_source;

typedef struct cortado_options {
  const void* program; /* the .pte, 16-aligned; stays in use */
  size_t program_bytes;
  const char* method; /* NULL: "forward", or the only one */
  cortado_memory arena;
  cortado_memory state;                /* optional: state and tables apart, so that models may share the arena */
  const cortado_placement* placements; /* optional */
  uint32_t placement_count;
  const cortado_row_source* rows;               /* optional */
  void* context;                                /* given to the functions below; both may be NULL */
  void (*log)(void* context, const char* text); /* one line, without line end */
  /* Before (done = false) and after (done = true) every instruction; of a row stream, of every step, which makes a row
   * or the few that a stage makes at once: cortado_next_part() tells whose. */
  void (*on_instruction)(void* context, uint32_t index, const char* op, bool done);
} cortado_options;

/* What a method needs, to the byte, when every block begins at a multiple of 16. */
typedef struct cortado_sizes {
  size_t arena_bytes;        /* everything in one arena */
  size_t shared_arena_bytes; /* the arena, when state has memory of its own … */
  size_t state_bytes;        /* … and that memory */
} cortado_sizes;

typedef struct cortado_error {
  cortado_status status;
  char text[160]; /* one line; empty without error */
} cortado_error;

typedef struct cortado_tensor {
  const char* name; /* not terminated; NULL when the file has none */
  uint32_t name_length;
  cortado_dtype dtype;
  uint32_t rank;
  const int32_t* sizes;     /* [rank], logical order */
  const uint8_t* dim_order; /* [rank], memory order, outermost first: {0, 2, 3, 1} is channels last */
  void* data; /* physical order; NULL for an input that is a number fixed by the compiler, or comes by rows */
  size_t bytes;
} cortado_tensor;

typedef struct cortado_model cortado_model;

/* `error` may be NULL in both. */
cortado_status cortado_measure(const cortado_options* options, cortado_sizes* sizes, cortado_error* error);
cortado_status cortado_load(const cortado_options* options, cortado_model** model, cortado_error* error);

uint32_t cortado_input_count(const cortado_model* model);
uint32_t cortado_output_count(const cortado_model* model);
/* CORTADO_INVALID_ARGUMENT when the index is out of range. */
cortado_status cortado_input(const cortado_model* model, uint32_t index, cortado_tensor* tensor);
cortado_status cortado_output(const cortado_model* model, uint32_t index, cortado_tensor* tensor);

/* Inputs must be written before every run: the program may use their memory for other values. CORTADO_INVALID_ARGUMENT
 * when an index among the data is out of range (a row of an embedding's table, say): the outputs mean nothing then. */
cortado_status cortado_run(cortado_model* model);
/* The next instruction; true while more remain, false also when it failed as above. */
bool cortado_step(cortado_model* model);
bool cortado_failed(const cortado_model* model); /* the last run, or the steps so far */
/* State as after loading; an unfinished run is given up. */
void cortado_reset(cortado_model* model);

/* What a run consists of, for those who time it: instructions, and the parts of each: the stages of a row stream, or
 * one. */
uint32_t cortado_instruction_count(const cortado_model* model);
uint32_t cortado_part_count(const cortado_model* model, uint32_t instruction);                  /* 0 out of range */
const char* cortado_part_name(const cortado_model* model, uint32_t instruction, uint32_t part); /* "" out of range */
/* Which part the next step of a row stream makes a row of, before that step; a last step belongs to the last. Else 0.
 */
uint32_t cortado_next_part(const cortado_model* model, uint32_t instruction);

#ifdef __cplusplus
}
#endif

#endif /* CORTADO_RUNTIME_CORTADO_H */
