// Runs random cases of all operators: FIRST_SEED LAST_SEED. Writes "cases": a line "OPERATOR SEED HASH" for each case
// that ran. A case that differs from its reference is told on the console and ends the firmware in failure.
#include "boards/target/board.h"
#include "ops/kernel_table.h"
#include "tests/on_target/case_result.h"

using namespace cortado;

namespace {

bool run_operator(const ops::CaseRow& row, const ops::Kernel& kernel, std::uint64_t first, std::uint64_t last) {
  const board::Memory memory = board::arena_memory();
  const std::size_t half = memory.size_bytes / 2 & ~std::size_t{15};
  for (std::uint64_t seed = first; seed <= last; ++seed) {
    const tests::CaseResult result = tests::run_case(row, kernel, seed, memory.start, memory.start + half, half);
    if (!result.ran) continue;
    if (!result.as_reference) {
      board::print(row.name);
      board::print(" is not as its reference in case ");
      board::print(seed);
      board::print("\n");
      board::print(result.report.text());
      return false;
    }
    board::write_output(row.name);
    board::write_output(" ");
    board::write_output(seed);
    board::write_output(" ");
    board::write_output(result.hash);
    board::write_output("\n");
  }
  return true;
}

}  // namespace

int firmware_main() {
  const board::CommandLine& line = board::command_line();
  std::uint64_t first = 0, last = 0;
  if (line.count != 3 || !board::parse_number(line.words[1], first) || !board::parse_number(line.words[2], last) ||
      !board::open_output("cases"))
    return board::exit_failed;
  board::start_instruction_counter(20'000'000'000);
  bool as_reference = true;
  for (std::uint32_t i = 0; i < ops::all_cases.count && as_reference; ++i)
    as_reference = run_operator(*ops::all_cases.rows[i], *ops::all_kernels.rows[i], first, last);
  return board::close_output() && as_reference ? board::exit_done : board::exit_failed;
}
