// The board itself: counting, files, the stack's high-water mark, faults and limits.
#include "tests/on_target/on_target.h"

namespace cortado::tests {
namespace {

using boards::Ending;

class BoardTest : public ::testing::TestWithParam<std::string> {
 protected:
  void SetUp() override {
    CORTADO_NEEDS_CORE(GetParam());
    auto built =
        OnTarget::build(GetParam(), {.main = "tests/on_target/firmware/board_check.cc", .with_runtime = false});
    ASSERT_TRUE(built) << built.error().text();
    target_.emplace(std::move(built).value());
  }
  Ending run(const std::string& what, int seconds = 120) {
    auto ending = target_->run({what}, seconds);
    EXPECT_TRUE(ending) << ending.error().text();
    return ending ? ending.value() : Ending{};
  }
  std::optional<OnTarget> target_;
};

TEST_P(BoardTest, ExitsWithTheFirmwaresCode) {
  const Ending ending = run("nothing");
  EXPECT_EQ(ending.kind, Ending::Kind::exited);
  EXPECT_EQ(ending.exit_code, 42);
}

TEST_P(BoardTest, CountsInstructionsExactly) { EXPECT_EQ(run("count").console, "2000 20000000\n"); }

TEST_P(BoardTest, ReadsAndWritesFiles) {
  ASSERT_TRUE(boards::write_text(target_->file("input"), "abcde"));
  EXPECT_EQ(run("files").exit_code, 0);
  auto output = boards::read_text(target_->file("output"));
  ASSERT_TRUE(output);
  EXPECT_EQ(output.value(), "bcdef");
}

TEST_P(BoardTest, KnowsTheDeepestStack) {
  unsigned before = 0, after = 0;
  ASSERT_EQ(std::sscanf(run("paint").console.c_str(), "%u %u", &before, &after), 2);
  EXPECT_GE(after, 1500u);
  EXPECT_LE(after, 2200u);
  EXPECT_LE(before, after);
}

TEST_P(BoardTest, ReportsFaults) {
  for (const char* what : {"undefined", "read", "jump"}) {
    const Ending ending = run(what);
    EXPECT_EQ(ending.kind, Ending::Kind::faulted) << what << ending.console;
    EXPECT_NE(ending.console.find("FAULT: HardFault at pc 0x"), std::string::npos) << what << ending.console;
    for (const char* label : {"lr 0x", "xpsr 0x", "sp 0x", "r0 0x"})
      EXPECT_NE(ending.console.find(label), std::string::npos) << label;
    const std::string message = target_->describe(ending).message;
    EXPECT_EQ(message.find("the " + GetParam() + " faulted"), 0u) << message;
    if (std::string(what) != "jump") {
      EXPECT_NE(message.find("firmware_main"), std::string::npos) << message;
    }
  }
}

class ProtectedBoardTest : public BoardTest {};

TEST_P(ProtectedBoardTest, CannotWriteToFlash) {
  for (const char* what : {"write_code", "write_program"}) {
    const Ending ending = run(what);
    EXPECT_EQ(ending.kind, Ending::Kind::faulted) << what << ending.console;
    EXPECT_NE(ending.console.find("mmfar 0x"), std::string::npos) << ending.console;
  }
}

TEST_P(BoardTest, EndsWhenTheStackIsUsedUp) {
  const Ending ending = run("stack");
  EXPECT_TRUE(ending.kind == Ending::Kind::faulted || ending.kind == Ending::Kind::locked_up ||
              ending.kind == Ending::Kind::instruction_limit)
      << ending.console;
}

TEST_P(BoardTest, EndsAtTheLimitOfInstructions) {
  const Ending ending = run("endless");
  EXPECT_EQ(ending.kind, Ending::Kind::instruction_limit) << ending.console;
  EXPECT_NE(target_->describe(ending).message.find("limit of instructions"), std::string::npos);
}

TEST_P(BoardTest, EndsAtTheLimitOfTime) {
  const Ending ending = run("stuck", 1);
  EXPECT_EQ(ending.kind, Ending::Kind::time_limit);
}

// The Cortex-M0 has no memory protection.
std::vector<std::string> cores_with_mpu() {
  std::vector<std::string> names = boards::core_names();
  std::erase_if(names, [](const std::string& name) { return name.starts_with("cortex-m0"); });
  return names;
}

INSTANTIATE_TEST_SUITE_P(Cores, ProtectedBoardTest, ::testing::ValuesIn(cores_with_mpu()), test_name);
INSTANTIATE_TEST_SUITE_P(Cores, BoardTest, ::testing::ValuesIn(boards::core_names()), test_name);

}  // namespace
}  // namespace cortado::tests
