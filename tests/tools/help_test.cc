// The examples in --help are commands of this program: every option in them exists.
#include "tests/tools/help_examples.h"

namespace cortado::tests {
namespace {

class Help : public CommandLine {};

TEST_F(Help, EveryCommandHasExamplesWhoseOptionsExist) {
  for (const std::string command :
       {"compile", "calibrate", "run", "inspect", "evaluate", "compare", "bench", "operators", "doctor"}) {
    const Finished finished = cortado({command, "--help"});
    EXPECT_EQ(finished.exit_code, 0) << finished.err;
    const auto list = examples(finished.out);
    EXPECT_FALSE(list.empty()) << command;
    for (const std::string& example : list) {
      const auto parts = words(example);
      ASSERT_GE(parts.size(), 2u) << example;
      EXPECT_EQ(parts[0], "cortado") << example;
      for (const std::string& word : parts) {
        if (word[0] != '-' || parts[1] != command) continue;
        EXPECT_NE(finished.out.find("  " + word), std::string::npos) << example << ": " << word;
      }
    }
  }
}

TEST_F(Help, GoesToStdoutAndListsTheCommands) {
  const Finished finished = cortado({"--help"});
  EXPECT_EQ(finished.exit_code, 0);
  EXPECT_TRUE(finished.err.empty()) << finished.err;
  for (const char* command :
       {"compile", "calibrate", "run", "inspect", "evaluate", "compare", "bench", "operators", "doctor"})
    EXPECT_NE(finished.out.find(command), std::string::npos) << command;
}

}  // namespace
}  // namespace cortado::tests
