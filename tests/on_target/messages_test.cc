// What is said when a compiler, the emulator or the sources are not there, or a firmware ends as it should not.
#include <csignal>
#include <cstdlib>

#include "boards/emulator/cycles.h"
#include "boards/emulator/disassembly.h"
#include "boards/emulator/interruption.h"
#include "boards/emulator/link.h"
#include "boards/emulator/process.h"
#include "boards/emulator/sources.h"
#include "tests/on_target/on_target.h"

namespace cortado::tests {
namespace {

namespace fs = std::filesystem;

// A variable of the environment for as long as this object lives.
class Variable {
 public:
  Variable(const char* name, const std::string& value) : name_(name) {
    if (const char* former = std::getenv(name)) former_ = former;
    setenv(name, value.c_str(), 1);
  }
  ~Variable() { former_ ? setenv(name_, former_->c_str(), 1) : unsetenv(name_); }

 private:
  const char* name_;
  std::optional<std::string> former_;
};

template <class T>
void expect_said(const Result<T>& result, const std::string& message, const std::string& hint = "") {
  ASSERT_FALSE(result) << message;
  EXPECT_NE(result.error().message.find(message), std::string::npos) << result.error().message;
  EXPECT_NE(result.error().hint.find(hint), std::string::npos) << result.error().hint;
}

fs::path scratch(const boards::TemporaryFolder& folder) { return folder.path(); }

TEST(BoardMessages, OfOptions) {
  boards::CoreRunOptions options;
  options.method = "two words";
  expect_said(boards::run_on_core(options), "the method's name 'two words' cannot be given to a firmware");
  options = {.per_operator = true};
  expect_said(boards::run_on_core(options), "counting instructions by operator, and modelling cycles, needs a sample");
  options = {.core = "cortex-m4", .samples = {{}}, .cycles = true};
  expect_said(boards::run_on_core(options), "cycles are modelled for the cortex-m55 alone, not for the cortex-m4");
  expect_said(boards::check_core("cortex-a53"), "there is no core 'cortex-a53' to run on", "cortex-m55");
}

TEST(BoardMessages, OfWhatIsNotInstalled) {
  const auto folder = boards::TemporaryFolder::create();
  ASSERT_TRUE(folder);
  const Variable path("PATH", "/nowhere"), cache("XDG_CACHE_HOME", "/dev/null/cache");
  expect_said(boards::find_program("llvm-mca-19"), "the program 'llvm-mca-19' is not installed");
  expect_said(boards::check_core("cortex-m55"), "running on cortex-m55 needs ",
              "apt-get install --no-install-recommends");
  expect_said(boards::disassemble("x.elf"), "modelling cycles needs llvm-objdump-19", "apt-get install");
  expect_said(boards::model_cycles("x.elf", {}, scratch(folder.value())), "modelling cycles needs llvm-mca-19",
              "apt-get install");
  expect_said(boards::build_counting_plugin({}, scratch(folder.value())), "counting by region needs a C++ compiler",
              "apt-get install");
}

TEST(BoardMessages, OfFoldersAndProcesses) {
  {
    const Variable home("CORTADO_HOME", "/nowhere");
    expect_said(boards::SourceTree::open(), "the firmware's sources are not in /nowhere",
                "set CORTADO_HOME to a checkout of cortado");
  }
  {
    const Variable temporary("TMPDIR", "/proc");
    expect_said(boards::TemporaryFolder::create(), "cannot make a temporary folder /proc/cortado-",
                "TMPDIR says where it goes");
  }
  expect_said(boards::run_process({"/nowhere/program", {}}), "cannot start /nowhere/program: ");
  const auto former = std::signal(SIGINT, SIG_IGN);  // the signal comes again when the interruption ends
  {
    const boards::Interruption interruption;
    std::raise(SIGINT);
    expect_said(boards::run_process({"/bin/sh", {"-c", "exit 0"}}), "interrupted");
  }
  {
    const boards::Interruption forgets;
  }
  std::signal(SIGINT, former);
  EXPECT_TRUE(boards::run_process({"/bin/sh", {"-c", "exit 0"}}));
}

// Sources that do not compile, in a tree of their own.
TEST(BoardMessages, OfDamagedSourcesAndCounts) {
  const auto folder = boards::TemporaryFolder::create();
  ASSERT_TRUE(folder);
  const fs::path home = folder.value().path();
  for (const char* file : {"boards/target/board.h", "boards/emulator/plugin/count.cc"}) {
    fs::create_directories((home / file).parent_path());
    ASSERT_TRUE(boards::write_text(home / file, "nonsense"));
  }
  const Variable tree("CORTADO_HOME", home.string()), cache("XDG_CACHE_HOME", (home / "cache").string());
  if (boards::find_program("c++"))
    expect_said(boards::build_counting_plugin({}, home), "the emulator's plugin does not compile:\n");
  ASSERT_TRUE(boards::write_text(home / "counts", "REGION 1\n0x10 many\n"));
  expect_said(boards::read_counts(home / "counts"), "the emulator's counts are damaged");
  if (boards::find_program("llvm-objdump-19"))
    expect_said(boards::disassemble(home / "counts"), "llvm-objdump-19 failed:\n");
}

TEST(BoardMessages, OfTheWaysToEnd) {
  const auto core = boards::find_core("cortex-m55");
  ASSERT_TRUE(core);
  boards::EmulatorOptions options;
  options.core = core.value();
  options.time_limit = std::chrono::seconds(7);
  using Kind = boards::Ending::Kind;
  const auto said = [&](Kind kind) { return boards::describe({kind, 42, "hello"}, options).message; };
  EXPECT_EQ(said(Kind::exited), "the firmware on cortex-m55 ended with exit code 42\nhello");
  EXPECT_EQ(said(Kind::locked_up),
            "the cortex-m55 locked up: a fault inside a fault, most often a stack that is used up\nhello");
  EXPECT_EQ(said(Kind::emulator_failed), "the emulator ended by itself\nhello");
  EXPECT_EQ(said(Kind::time_limit), "the cortex-m55 did not finish within 7 s of emulation");
  EXPECT_EQ(said(Kind::instruction_limit), "the cortex-m55 reached its limit of instructions");
}

// An object of `code` alone, linked for the smallest board.
Status link_of(const std::string& code) {
  CORTADO_TRY(const boards::Core* core, boards::find_core("cortex-m0"));
  CORTADO_TRY(const boards::Tools tools, boards::find_tools(*core));
  CORTADO_TRY(const boards::TemporaryFolder folder, boards::TemporaryFolder::create());
  CORTADO_TRY(const boards::SourceTree tree, boards::SourceTree::open());
  CORTADO_CHECK(boards::write_text(folder.path() / "x.cc", code));
  boards::Command compile{tools.compiler, {"-mcpu=cortex-m0", "-c", "x.cc", "-o", "x.o"}, folder.path()};
  CORTADO_TRY(const boards::Finished compiled, boards::run_process(compile));
  if (!compiled.succeeded()) return input_error(compiled.output);
  return boards::link_firmware({core, tree.home(), {{folder.path() / "x.o", "x.cc"}}}, tools, folder.path() / "x.elf");
}

TEST(BoardMessages, OfLinking) {
  CORTADO_NEEDS_CORE("cortex-m0");
  expect_said(link_of("extern \"C\" void missing(); extern \"C\" void board_reset() { missing(); }"),
              "the firmware for cortex-m0 does not link:\n");
  expect_said(
      link_of(
          "extern \"C\" void board_reset() {}\n__attribute__((section(\".vectors\"), used)) char big[1 << 24] = {1};"),
      "the firmware does not fit into the flash of ", "link only the operators that the program calls");
}

TEST(BoardMessages, OfSourcesThatDoNotCompile) {
  CORTADO_NEEDS_CORE("cortex-m0");
  auto built = OnTarget::build("cortex-m0", {.main = "tests/layers/layer_order_test.cc", .with_runtime = false});
  ASSERT_FALSE(built);
  EXPECT_NE(built.error().message.find("tests/layers/layer_order_test.cc does not compile for the target:\n"),
            std::string::npos)
      << built.error().message;
}

// The firmware that runs programs, given something else.
TEST(BoardMessages, OfTheFirmwaresCommandLine) {
  CORTADO_NEEDS_CORE("cortex-m55");
  auto target =
      OnTarget::build("cortex-m55", {.main = "boards/firmware/run.cc", .operators = {"cortex_m::softmax.out"}});
  ASSERT_TRUE(target) << target.error().text();
  const auto short_line = target.value().run({"1"}), text = target.value().run({"0", "0", "0", "0", "0", "no"});
  ASSERT_TRUE(short_line && text);
  EXPECT_NE(short_line.value().console.find("the command line is too short"), std::string::npos)
      << short_line.value().console;
  EXPECT_NE(text.value().console.find("not a number: no"), std::string::npos) << text.value().console;
}

}  // namespace
}  // namespace cortado::tests
