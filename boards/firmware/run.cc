// Runs a program on samples, for `cortado run --on CORE` and `cortado bench`. The command line:
//
//   PROGRAM_ADDRESS PROGRAM_BYTES SAMPLES INSTRUCTION_LIMIT PER_OPERATOR INPUT_ROWS [METHOD]
//
// Sample s has its inputs in the files input_S_I, in the program's types and memory orders, and gets its outputs in
// output_S_I and its count of instructions, 8 bytes, in instructions_S_0. Figures go to the file report, a line
// "NAME VALUE" each, and with PER_OPERATOR = 1 to the file operators, a line "INDEX PART OPERATOR INSTRUCTIONS REGION"
// for each instruction of the first sample, and for each row of a row stream, of which PART is the stage.
//
// With INPUT_ROWS = 1 the first input comes by rows, from external memory.
//
// Regions of the run, for an emulator that counts them: 1 loading, 2 the first sample, those of `operators`.
#include <string.h>

#include "boards/target/board.h"
#include "runtime/program.h"
#include "stream/stream.h"

using namespace cortado;

namespace {

struct Job {
  const void* program;
  std::uint64_t program_bytes, samples, limit, per_operator, input_rows;
  const char* method;
};

struct Measured {
  runtime::Sizes sizes;
  bool large_arena;
  std::uint64_t load_instructions;
};

bool fail(const char* what, const char* detail = "") {
  board::print(what);
  board::print(detail);
  board::print("\n");
  return false;
}

bool read_job(Job& job) {
  const board::CommandLine& line = board::command_line();
  std::uint64_t address = 0;
  std::uint64_t* const numbers[] = {&address,   &job.program_bytes, &job.samples,
                                    &job.limit, &job.per_operator,  &job.input_rows};
  if (line.count < 7) return fail("the command line is too short");
  for (std::size_t i = 0; i < 6; ++i)
    if (!board::parse_number(line.words[i + 1], *numbers[i])) return fail("not a number: ", line.words[i + 1]);
  job.program = reinterpret_cast<const void*>(static_cast<std::uintptr_t>(address));
  job.method = line.count > 7 ? line.words[7] : nullptr;
  return true;
}

// "input_3_0"
const char* file_name(const char* kind, std::uint64_t sample, std::uint32_t index) {
  static char name[40];
  char* at = name;
  const auto add = [&](std::uint64_t value) {
    char digits[20];
    int count = 0;
    do digits[count++] = static_cast<char>('0' + value % 10);
    while ((value /= 10) != 0);
    *at++ = '_';
    while (count > 0) *at++ = digits[--count];
  };
  while (*kind != '\0') *at++ = *kind++;
  add(sample);
  add(index);
  *at = '\0';
  return name;
}

// Stands for a camera: rows of an image in external memory.
void read_row(void* image, std::uint32_t row, void* to, std::size_t bytes) {
  memcpy(to, static_cast<const std::uint8_t*>(image) + row * bytes, bytes);
}

// Where a port's content goes; a port without memory comes by rows.
void* memory_of(const runtime::Port& port) {
  if (port.tensor.data != nullptr) return port.tensor.data;
  const board::Memory memory = board::large_arena_memory();
  return port.bytes <= memory.size_bytes ? memory.start : nullptr;
}

// Inputs that are numbers are fixed in the program and have no file.
bool read_inputs(const runtime::Program& program, std::uint64_t sample) {
  for (std::uint32_t i = 0; i < program.input_count(); ++i) {
    const runtime::Port& port = program.input(i);
    const char* name = file_name("input", sample, i);
    if (port.is_tensor && (memory_of(port) == nullptr || !board::read_file(name, memory_of(port), port.bytes)))
      return fail("cannot read (or not as many bytes as the program takes): ", name);
  }
  return true;
}

bool write_outputs(const runtime::Program& program, std::uint64_t sample) {
  for (std::uint32_t i = 0; i < program.output_count(); ++i) {
    const runtime::Port& port = program.output(i);
    const bool written = port.is_tensor
                             ? board::write_file(file_name("output", sample, i), port.tensor.data, port.bytes)
                             : board::write_file(file_name("output", sample, i), &port.number, sizeof port.number);
    if (!written) return fail("cannot write ", file_name("output", sample, i));
  }
  return true;
}

// On-chip memory when the program fits there.
__attribute__((noinline)) bool choose_arena(runtime::Options& options, Measured& measured) {
  ErrorReport report;
  if (runtime::measure(options, measured.sizes, report) != ErrorCode::ok) return fail(report.text());
  const std::size_t needed = measured.sizes.arena_bytes;
  board::Memory memory = board::arena_memory();
  const bool is_large_free = options.rows.source.read == nullptr;
  measured.large_arena = needed > memory.size_bytes && is_large_free && board::large_arena_memory().size_bytes != 0;
  if (measured.large_arena) memory = board::large_arena_memory();
  options.arena = {memory.start, needed};
  if (needed <= memory.size_bytes) return true;
  report.fail(ErrorCode::arena_too_small, "the program needs ").add(static_cast<std::int64_t>(needed));
  report.add(" bytes of arena, the board has ").add(static_cast<std::int64_t>(memory.size_bytes));
  return fail(report.text());
}

constexpr std::uint32_t load_region = 1, run_region = 2, first_operator_region = 3;

struct OperatorCounter {
  const runtime::Program* program;
  std::uint32_t part, region;
  std::uint64_t begin;
};

// The stage of a row stream that runs next; 0 for other instructions.
std::uint32_t part_of(const runtime::Program& program, std::uint32_t index) {
  const stream::Stream* stream = program.instruction_stream(index);
  return stream != nullptr ? stream->next() : 0;
}

// Every instruction has a region of its own, every stage of a row stream, and a stream's end.
std::uint32_t region_of(const runtime::Program& program, std::uint32_t index, std::uint32_t part) {
  std::uint32_t region = first_operator_region + part;
  for (std::uint32_t i = 0; i < index; ++i) {
    const stream::Stream* stream = program.instruction_stream(i);
    region += stream != nullptr ? stream->stage_count() + 1 : 1;
  }
  return region;
}

const char* part_name(const OperatorCounter& counter, std::uint32_t index, const char* op) {
  const stream::Stream* stream = counter.program->instruction_stream(index);
  return stream != nullptr && counter.part < stream->stage_count() ? stream->stage_name(counter.part) : op;
}

void write_operator(const OperatorCounter& counter, std::uint32_t index, const char* op, std::uint64_t instructions) {
  board::write_output(std::uint64_t{index});
  board::write_output(" ");
  board::write_output(std::uint64_t{counter.part});
  board::write_output(" ");
  board::write_output(part_name(counter, index, op));
  board::write_output(" ");
  board::write_output(instructions);
  board::write_output(" ");
  board::write_output(std::uint64_t{counter.region});
  board::write_output("\n");
}

void on_instruction(void* context, std::uint32_t index, const char* op, bool done) {
  auto& counter = *static_cast<OperatorCounter*>(context);
  if (!done) {
    counter.part = part_of(*counter.program, index);
    counter.region = region_of(*counter.program, index, counter.part);
    board::begin_region(counter.region);
    counter.begin = board::instructions();
    return;
  }
  const std::uint64_t end = board::instructions();
  board::begin_region(0);
  write_operator(counter, index, op, board::instructions_between(counter.begin, end));
}

// Apart, so that the report takes no stack while the program runs.
__attribute__((noinline)) runtime::Program* load(const runtime::Options& options, Measured& measured,
                                                 std::uint32_t region) {
  ErrorReport report;
  board::begin_region(region);
  const std::uint64_t begin = board::instructions();
  runtime::Program* program = runtime::Program::load(options, report);
  measured.load_instructions = board::instructions_between(begin, board::instructions());
  board::begin_region(0);
  if (program == nullptr) fail(report.text());
  return program;
}

// A run of its own, so that watching it costs the counted ones nothing.
bool count_operators(runtime::Options& options, Measured& measured) {
  OperatorCounter counter = {};
  options.observer = {&counter, nullptr, on_instruction};
  runtime::Program* program = load(options, measured, 0);
  options.observer = {};
  if (program == nullptr) return false;
  counter.program = program;
  if (!read_inputs(*program, 0)) return false;
  if (!board::open_output("operators")) return fail("cannot write operators");
  if (!program->run()) return fail("an index is out of range");
  return board::close_output() || fail("cannot write operators");
}

bool run_samples(const Job& job, const runtime::Options& options, Measured& measured) {
  runtime::Program* program = load(options, measured, load_region);
  if (program == nullptr) return false;
  for (std::uint64_t sample = 0; sample < job.samples; ++sample) {
    if (!read_inputs(*program, sample)) return false;
    if (sample == 0) board::begin_region(run_region);
    const std::uint64_t begin = board::instructions();
    if (!program->run()) return fail("an index is out of range");
    const std::uint64_t count = board::instructions_between(begin, board::instructions());
    board::begin_region(0);
    if (!write_outputs(*program, sample)) return false;
    if (!board::write_file(file_name("instructions", sample, 0), &count, sizeof count))
      return fail("cannot write ", file_name("instructions", sample, 0));
  }
  return true;
}

bool write_report(const Measured& measured) {
  const std::size_t stack = board::stack_high_water_bytes();
  if (stack >= board::stack_memory().size_bytes) return fail("the stack is used up");
  const struct {
    const char* name;
    std::uint64_t value;
  } lines[] = {{"load_instructions", measured.load_instructions},
               {"arena_bytes", measured.sizes.arena_bytes},
               {"large_arena", measured.large_arena ? 1u : 0u},
               {"outputs", measured.sizes.outputs},
               {"stack_bytes", stack}};
  if (!board::open_output("report")) return fail("cannot write report");
  for (const auto& line : lines) {
    board::write_output(line.name);
    board::write_output(" ");
    board::write_output(line.value);
    board::write_output("\n");
  }
  return board::close_output() || fail("cannot write report");
}

}  // namespace

int firmware_main() {
  Job job = {};
  if (!read_job(job)) return board::exit_failed;
  board::start_instruction_counter(job.limit);
  runtime::Options options;
  options.program = job.program;
  options.program_bytes = static_cast<std::size_t>(job.program_bytes);
  options.method = job.method;
  if (job.input_rows != 0) options.rows.source = {read_row, board::large_arena_memory().start};
  Measured measured = {};
  const bool done = choose_arena(options, measured) && (job.per_operator == 0 || count_operators(options, measured)) &&
                    run_samples(job, options, measured) && write_report(measured);
  return done ? board::exit_done : board::exit_failed;
}
