// A firmware without texts of errors makes all checks, and says where one failed.
#include <fmt/format.h>

#include <cstring>

#include "boards/emulator/process.h"
#include "boards/emulator/tools.h"
#include "boards/target/exit_codes.h"
#include "runtime/host/operators_of.h"
#include "runtime/host/session.h"
#include "tests/native/native_program.h"
#include "tests/on_target/on_target.h"

namespace cortado::tests {
namespace {

using Bytes = std::vector<std::uint8_t>;

Bytes a_program() {
  int streams = 0;
  return testing::native_program(3, compiler::Optimize::ram, streams, false);
}

// The first byte of the answer to zeros.
int answer_of(runtime::Program& program) {
  std::memset(program.input(0).tensor.data, 0, program.input(0).bytes);
  EXPECT_TRUE(program.run());
  return *program.output(0).tensor.as<std::uint8_t>();
}

boards::Ending run(OnTarget& target, const Bytes& program) {
  EXPECT_TRUE(boards::write_bytes(target.file("program.pte"), program));
  auto ending = target.run({}, 120, {{"program.pte", target.firmware().program.address}});
  EXPECT_TRUE(ending);
  return ending ? ending.value() : boards::Ending{};
}

std::string function_at(const OnTarget& target, const std::string& address) {
  const auto tool = boards::find_program("arm-none-eabi-addr2line");
  EXPECT_TRUE(tool);
  const auto found =
      boards::run_process({tool ? tool.value() : "", {"-f", "-C", "-e", target.firmware().elf.string(), address}});
  return found ? found.value().output : "";
}

TEST(SmallestFirmware, RunsAndSaysWhereACheckFailed) {
  CORTADO_NEEDS_CORE("cortex-m55");
  Bytes program = a_program();
  auto session = runtime::Session::load(program, "random.pte");
  ASSERT_TRUE(session) << session.error().text();
  auto target = OnTarget::build("cortex-m55", {.main = "boards/firmware/smallest.cc",
                                               .error_texts = false,
                                               .operators = runtime::operators_of(session.value().program())});
  ASSERT_TRUE(target) << target.error().text();
  const boards::Ending done = run(target.value(), program);
  EXPECT_EQ(done.exit_code, board::exit_done);
  EXPECT_EQ(done.console, fmt::format("0x{:08x}", answer_of(session.value().program())));

  program[4] ^= 1;  // the file's mark
  const boards::Ending failed = run(target.value(), program);
  EXPECT_EQ(failed.exit_code, board::exit_failed);
  unsigned address = 0;
  ASSERT_EQ(std::sscanf(failed.console.c_str(), "check at 0x%x failed", &address), 1) << failed.console;
  const std::string function = function_at(target.value(), fmt::format("{:#x}", address));
  EXPECT_EQ(function.find("cortado::pte::File::"), 0u) << function;
}

}  // namespace
}  // namespace cortado::tests
