// The runtime: proves a .pte once, decodes one of its methods into flat tables, and runs it.
//
//   ErrorReport report;
//   Sizes sizes;
//   measure(options, sizes, report);                      // options.program and options.method suffice
//   options.arena = {memory, sizes.arena_bytes};
//   Program* program = Program::load(options, report);    // null: report.text() says why
//   memcpy(program->input(0).data, …);
//   program->run();                                       // false: an index among the inputs is out of range
//   … = program->output(0).data;
//
// Host and target, C++17, no heap: everything lies in the memory that the caller gives. The .pte stays where it is
// (flash) and must stay there unchanged: constants are used in place.
//
// Memory has three parts: *working* memory holds activations, inputs and outputs; *state* is what a run finds as the
// former run left it (mutable buffers); *tables* are the decoded program. By default all three lie in `arena`. With
// `state` given, state and tables lie there, and the arena, now only working memory, may be shared by programs that
// take turns: its content is meaningless to a program between two of its runs. Inputs lie in working memory too:
// write them before every run, and read the outputs before the arena's next use.
#pragma once

#include <cstddef>
#include <cstdint>

#include "ops/contract.h"
#include "ops/kernel_table.h"
#include "ops/stage.h"
#include "support/error_report.h"

namespace cortado::stream {
class Stream;
}

namespace cortado::runtime {

struct Memory {
  void* data = nullptr;  // 16-aligned
  std::size_t bytes = 0;
};

// Called around every instruction; both may be null. They must not call the program.
struct Observer {
  void* context = nullptr;
  // One line without line end: what was loaded, and errors.
  void (*log)(void* context, const char* text) = nullptr;
  // `op` is the wire name. `done` is false before and true after the instruction ran.
  void (*instruction)(void* context, std::uint32_t index, const char* op, bool done) = nullptr;
};

// Memory for a region of the program (its memory_id 1, 2, …) elsewhere than in the arena: activations in fast
// memory, say.
struct Placement {
  std::uint32_t memory_id = 0;
  Memory memory;
};

// An input whose rows are asked for while its stream runs: it needs no memory then, and its port's data is null. Only
// for programs compiled with --input-rows, in any other the input is a tensor in the arena.
struct InputRows {
  std::uint32_t input = 0;
  ops::RowSource source;  // read == null: none
};

struct Options {
  const void* program = nullptr;  // the .pte, 16-aligned
  std::size_t program_bytes = 0;
  const char* method = nullptr;  // null: "forward", or the only one
  Memory arena;
  Memory state;  // optional, see above
  const Placement* placements = nullptr;
  std::uint32_t placement_count = 0;
  InputRows rows;
  const ops::KernelTable* kernels = &ops::all_kernels;
  const ops::StageTable* stages = &ops::all_stages;
  Observer observer;
};

// What a method needs, to the byte, when every block begins at a multiple of 16.
struct Sizes {
  std::size_t arena_bytes = 0;         // everything in one arena
  std::size_t shared_arena_bytes = 0;  // the arena, when state has memory of its own …
  std::size_t state_bytes = 0;         // … and that memory
  std::size_t region_bytes = 0;        // sum of the program's planned regions
  std::size_t largest_region_bytes = 0;
  std::uint32_t instructions = 0;
  std::uint32_t inputs = 0;
  std::uint32_t outputs = 0;
  std::uint32_t region_count = 0;
};

// Needs no memory. Uses options.program, .method, .placements (their memory may be null), .rows and .kernels.
ErrorCode measure(const Options& options, Sizes& sizes, ErrorReport& report);

// Methods of a file. Index out of range or a damaged file: an empty string.
std::uint32_t method_count(const void* program, std::size_t program_bytes);
ops::String method_name(const void* program, std::size_t program_bytes, std::uint32_t index);

// An input or an output.
struct Port {
  ops::String name;  // empty when the file has none
  bool is_tensor = true;
  ops::Tensor tensor;     // data: where to write or read, in dim_order
  double number = 0;      // not a tensor: the value for which the program was compiled
  std::size_t bytes = 0;  // of tensor.data
};

class Program {
 public:
  // Null on error. The program ends when its memory is used for something else; there is nothing to destroy.
  static Program* load(const Options& options, ErrorReport& report);

  std::uint32_t input_count() const { return input_count_; }
  std::uint32_t output_count() const { return output_count_; }
  const Port& input(std::uint32_t index) const { return inputs_[index]; }    // index < input_count()
  const Port& output(std::uint32_t index) const { return outputs_[index]; }  // index < output_count()

  // Runs the method from its beginning to its end. False: an instruction met an index that is out of range (a row of
  // an embedding's table, say); failed_instruction() tells which, and the outputs mean nothing. The program can be run
  // again; state may hold what the unfinished run wrote.
  bool run();
  // Runs the next instruction, or a row of it where the instruction is a row stream (from the beginning after load, the
  // end of a run, or reset). True while more remain, false also when it failed: then failed() is true.
  bool step() { return step(false); }
  bool failed() const { return failed_instruction_ >= 0; }                 // the last run, or this one so far
  std::int32_t failed_instruction() const { return failed_instruction_; }  // −1: none
  // State as it was after loading; an unfinished run is given up.
  void reset();

  std::uint32_t instruction_count() const { return instruction_count_; }
  const char* instruction_name(std::uint32_t index) const;  // wire name, "" out of range
  // Of a row stream: its stages ("conv2d"); null for other instructions.
  const stream::Stream* instruction_stream(std::uint32_t index) const;

  // Bytes of the decoded program without the plans of its instructions; for runtime/layout.cc.
  static std::size_t table_bytes(std::size_t ports, std::size_t states, std::size_t instructions);

 private:
  friend class Loader;
  Program() = default;
  bool fail(std::uint32_t index);

  struct Instruction {
    const ops::Kernel* kernel;  // run == null: a jump or a row stream
    const void* plan;
  };
  // Runs instruction next_ and sets next_; of a row stream, one row or the whole.
  bool step(bool whole);
  bool advance(const Instruction& instruction, bool whole);  // false: it failed

  struct State {
    void* data;
    const void* initial;  // null: zeros
    std::size_t bytes;
  };

  const Instruction* instructions_ = nullptr;
  const Port* inputs_ = nullptr;
  const Port* outputs_ = nullptr;
  const State* states_ = nullptr;
  std::uint32_t instruction_count_ = 0;
  std::uint32_t input_count_ = 0;
  std::uint32_t output_count_ = 0;
  std::uint32_t state_count_ = 0;
  std::uint32_t next_ = 0;
  bool in_stream_ = false;  // instruction next_ is a row stream that has begun
  std::int32_t failed_instruction_ = -1;
  Observer observer_;
};

}  // namespace cortado::runtime
