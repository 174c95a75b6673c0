// Runs a program on samples, for `cortado run --on CORE` and `cortado bench`. The command line:
//
//   PROGRAM_ADDRESS PROGRAM_BYTES SAMPLES INSTRUCTION_LIMIT PER_OPERATOR [METHOD]
//
// Sample s has its inputs in the files input_S_I, in the program's types and memory orders, and gets its outputs in
// output_S_I and its count of instructions, 8 bytes, in instructions_S_0. Figures go to the file report, a line "NAME VALUE" each, and with PER_OPERATOR = 1 to the file operators,
// a line "INDEX OPERATOR INSTRUCTIONS" for each instruction of the first sample.
#include <string.h>

#include "boards/target/board.h"
#include "runtime/program.h"

using namespace cortado;

namespace {

struct Job {
  const void* program;
  std::uint64_t program_bytes, samples, limit, per_operator;
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
  std::uint64_t* const numbers[] = {&address, &job.program_bytes, &job.samples, &job.limit, &job.per_operator};
  if (line.count < 6) return fail("the command line is too short");
  for (std::size_t i = 0; i < 5; ++i)
    if (!board::parse_number(line.words[i + 1], *numbers[i])) return fail("not a number: ", line.words[i + 1]);
  job.program = reinterpret_cast<const void*>(static_cast<std::uintptr_t>(address));
  job.method = line.count > 6 ? line.words[6] : nullptr;
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

// Inputs that are numbers are fixed in the program and have no file.
bool read_inputs(const runtime::Program& program, std::uint64_t sample) {
  for (std::uint32_t i = 0; i < program.input_count(); ++i) {
    const runtime::Port& port = program.input(i);
    const char* name = file_name("input", sample, i);
    if (port.is_tensor && !board::read_file(name, port.tensor.data, port.bytes))
      return fail("cannot read (or not as many bytes as the program takes): ", name);
  }
  return true;
}

bool write_outputs(const runtime::Program& program, std::uint64_t sample) {
  for (std::uint32_t i = 0; i < program.output_count(); ++i) {
    const runtime::Port& port = program.output(i);
    const bool written = port.is_tensor ? board::write_file(file_name("output", sample, i), port.tensor.data, port.bytes)
                                        : board::write_file(file_name("output", sample, i), &port.number, sizeof port.number);
    if (!written) return fail("cannot write ", file_name("output", sample, i));
  }
  return true;
}

// On-chip memory when the program fits there.
bool choose_arena(runtime::Options& options, Measured& measured) {
  ErrorReport report;
  if (runtime::measure(options, measured.sizes, report) != ErrorCode::ok) return fail(report.text());
  const std::size_t needed = measured.sizes.arena_bytes;
  board::Memory memory = board::arena_memory();
  measured.large_arena = needed > memory.size_bytes && board::large_arena_memory().size_bytes != 0;
  if (measured.large_arena) memory = board::large_arena_memory();
  options.arena = {memory.start, needed};
  if (needed <= memory.size_bytes) return true;
  report.fail(ErrorCode::arena_too_small, "the program needs ").add(static_cast<std::int64_t>(needed));
  report.add(" bytes of arena, the board has ").add(static_cast<std::int64_t>(memory.size_bytes));
  return fail(report.text());
}

void on_instruction(void* context, std::uint32_t index, const char* op, bool done) {
  auto* begin = static_cast<std::uint64_t*>(context);
  if (!done) {
    *begin = board::instructions();
    return;
  }
  const std::uint64_t end = board::instructions();
  board::write_output(static_cast<std::uint64_t>(index));
  board::write_output(" ");
  board::write_output(op);
  board::write_output(" ");
  board::write_output(board::instructions_between(*begin, end));
  board::write_output("\n");
}

// A run of its own, so that watching it costs the counted ones nothing.
bool count_operators(runtime::Options options) {
  std::uint64_t begin = 0;
  options.observer.context = &begin;
  options.observer.instruction = on_instruction;
  ErrorReport report;
  runtime::Program* program = runtime::Program::load(options, report);
  if (program == nullptr) return fail(report.text());
  if (!read_inputs(*program, 0)) return false;
  if (!board::open_output("operators")) return fail("cannot write operators");
  if (!program->run()) return fail("an index is out of range");
  return board::close_output() || fail("cannot write operators");
}

bool run_samples(const Job& job, const runtime::Options& options, Measured& measured) {
  ErrorReport report;
  std::uint64_t begin = board::instructions();
  runtime::Program* program = runtime::Program::load(options, report);
  measured.load_instructions = board::instructions_between(begin, board::instructions());
  if (program == nullptr) return fail(report.text());
  for (std::uint64_t sample = 0; sample < job.samples; ++sample) {
    if (!read_inputs(*program, sample)) return false;
    begin = board::instructions();
    if (!program->run()) return fail("an index is out of range");
    const std::uint64_t count = board::instructions_between(begin, board::instructions());
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
  Measured measured = {};
  const bool done = choose_arena(options, measured) && (job.per_operator == 0 || count_operators(options)) &&
                    run_samples(job, options, measured) && write_report(measured);
  return done ? board::exit_done : board::exit_failed;
}
