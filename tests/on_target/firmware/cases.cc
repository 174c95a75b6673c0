// Runs random cases of all operators: CASES, the number of them for each operator. Writes "cases": a CaseResult for
// each case that ran. A case that the kernel refuses, or in which it writes outside of its tensors, is told on the
// console and ends the firmware in failure; whether the bits are right is the host's to say.
#include "boards/target/board.h"
#include "ops/kernel_table.h"
#include "tests/on_target/case_result.h"

using namespace cortado;

namespace {

bool fail(const char* name, std::uint64_t seed, const char* reason) {
  board::print(name);
  board::print(", case ");
  board::print(seed);
  board::print(": ");
  board::print(reason);
  board::print("\n");
  return false;
}

// The first `cases` seeds whose cases fit the board.
bool run_operator(std::uint32_t index, std::uint32_t cases) {
  const board::Memory memory = board::arena_memory();
  const ops::CaseRow& row = *ops::all_cases.rows[index];
  std::uint32_t ran = 0;
  for (std::uint32_t seed = 1; ran < cases && seed <= 8 * cases; ++seed) {
    tests::CaseResult result{index, seed, 0};
    ErrorReport report;
    bool guards_intact = false;
    if (!tests::run_case(row, *ops::all_kernels.rows[index], memory.start, memory.size_bytes, result, report,
                         guards_intact))
      continue;
    if (report.code() != ErrorCode::ok) return fail(row.name, seed, report.text());
    if (!guards_intact) return fail(row.name, seed, "wrote outside of its tensors");
    if (!board::write_output(&result, sizeof result)) return fail(row.name, seed, "cannot write the result");
    ++ran;
  }
  return true;
}

}  // namespace

int firmware_main() {
  const board::CommandLine& line = board::command_line();
  std::uint64_t cases = 0;
  if (line.count != 2 || !board::parse_number(line.words[1], cases) || !board::open_output("cases"))
    return board::exit_failed;
  board::start_instruction_counter(500'000'000'000);
  bool well = true;
  for (std::uint32_t i = 0; i < ops::all_cases.count && well; ++i)
    well = run_operator(i, static_cast<std::uint32_t>(cases));
  return board::close_output() && well ? board::exit_done : board::exit_failed;
}
