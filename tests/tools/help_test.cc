// The examples in --help are commands of this program: every option in them exists.
#include <set>
#include <sstream>

#include "tests/tools/command_line.h"

namespace cortado::tests {
namespace {

class Help : public CommandLine {
 protected:
  // The lines below "Examples:"; a line that begins with an option continues the one before.
  static std::vector<std::string> examples(const std::string& help) {
    std::vector<std::string> list;
    std::istringstream stream(help.substr(std::min(help.size(), help.find("Examples:"))));
    for (std::string line; std::getline(stream, line);) {
      const auto begin = line.find_first_not_of(' ');
      if (begin == std::string::npos || begin == 0) continue;
      if (line[begin] == '-' && !list.empty())
        list.back() += " " + line.substr(begin);
      else
        list.push_back(line.substr(begin));
    }
    return list;
  }
  static std::vector<std::string> words(const std::string& text) {
    std::istringstream stream(text);
    std::vector<std::string> list;
    for (std::string word; stream >> word;) list.push_back(word);
    return list;
  }
};

TEST_F(Help, EveryCommandHasExamplesWhoseOptionsExist) {
  for (const std::string command : {"compile", "calibrate", "run", "inspect", "evaluate", "compare", "bench", "operators", "doctor"}) {
    const Finished finished = cortado({command, "--help"});
    EXPECT_EQ(finished.exit_code, 0) << finished.err;
    const auto list = examples(finished.out);
    EXPECT_FALSE(list.empty()) << command;
    for (const std::string& example : list) {
      const auto parts = words(example);
      ASSERT_GE(parts.size(), 2u) << example;
      EXPECT_EQ(parts[0], "cortado") << example;
      for (const std::string& word : parts)
        if (word[0] == '-' && parts[1] == command)
          EXPECT_NE(finished.out.find("  " + word), std::string::npos) << example << ": " << word;
    }
  }
}

TEST_F(Help, GoesToStdoutAndListsTheCommands) {
  const Finished finished = cortado({"--help"});
  EXPECT_EQ(finished.exit_code, 0);
  EXPECT_TRUE(finished.err.empty()) << finished.err;
  for (const char* command : {"compile", "calibrate", "run", "inspect", "evaluate", "compare", "bench", "operators", "doctor"})
    EXPECT_NE(finished.out.find(command), std::string::npos) << command;
}

// The examples that need nothing but a model are run as they are.
TEST_F(Help, ExamplesRun) {
  std::filesystem::copy_file(model("tiny.pt2"), file("model.pt2"));
  std::filesystem::create_directory(file("samples"));
  std::filesystem::copy_file(model("tiny_input.npy"), file("x.npy"));
  std::filesystem::copy_file(model("tiny_input.npy"), file("samples/x.npy"));
  std::size_t ran = 0;
  for (const std::string command : {"calibrate", "compile", "inspect", "run", "compare"})
    for (const std::string& example : examples(cortado({command, "--help"}).out)) {
      auto parts = words(example);
      const std::set<std::string> given(parts.begin(), parts.end());
      if (given.count("qat.pt2") || given.count("lite0.pth") || given.count("all_inputs.npz") ||
          given.count("cat.png") || given.count("--on"))
        continue;
      parts.erase(parts.begin());
      const Finished finished = cortado(parts);
      EXPECT_EQ(finished.exit_code, 0) << example << "\n" << finished.err;
      ++ran;
    }
  EXPECT_GE(ran, 6u);
}

TEST_F(Help, AotArmCompilerTakesTheExamples) {
  const Finished help = run_tool("aot_arm_compiler", {"--help"});
  EXPECT_EQ(help.exit_code, 0);
  const auto list = examples(help.out);
  ASSERT_FALSE(list.empty());
  for (const std::string& example : list) EXPECT_EQ(words(example)[0], "aot_arm_compiler");
}

}  // namespace
}  // namespace cortado::tests
