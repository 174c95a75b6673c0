// The same model and ranges give the same bytes: on any number of threads, in any locale, and from either compiler.
#include "tests/tools/command_line.h"

namespace cortado::tests {
namespace {

class Determinism : public CommandLine {
 protected:
  std::string compile(const std::string& tool_folder, const std::string& name,
                      std::vector<std::string> more = {}) const {
    more.insert(more.begin(), {tool_folder + "/bin/cortado", "compile", model("tiny.pt2"), "-o", name, "--ranges",
                               "ranges.json", "--quiet"});
    const Finished finished = conformance::run_process(more, std::chrono::seconds(120), folder());
    EXPECT_TRUE(finished.ok()) << finished.reason();
    return read(file(name));
  }
  void SetUp() override {
    CommandLine::SetUp();
    const Finished finished =
        cortado({"calibrate", model("tiny.pt2"), "--calibration", model("tiny_input.npy"), "-o", "ranges.json"});
    ASSERT_TRUE(finished.ok()) << finished.err;
  }
};

TEST_F(Determinism, TwiceTheSameBytes) {
  const std::string first = compile(CORTADO_BINARY_DIR, "1.pte");
  ASSERT_GT(first.size(), 1000u);
  EXPECT_EQ(compile(CORTADO_BINARY_DIR, "2.pte"), first);
  EXPECT_EQ(compile(CORTADO_BINARY_DIR, "3.pte", {"--threads", "1"}),
            compile(CORTADO_BINARY_DIR, "4.pte", {"--threads", "2"}));
}

TEST_F(Determinism, CalibrationDoesNotDependOnThreads) {
  std::filesystem::create_directory(file("samples"));
  for (const char* name : {"a.npy", "b.npy", "c.npy"})
    std::filesystem::copy_file(model("tiny_input.npy"), file(std::string("samples/") + name));
  for (const char* threads : {"1", "2", "3"})
    ASSERT_TRUE(cortado({"calibrate", model("tiny.pt2"), "--calibration", "samples", "--threads", threads, "-o",
                         std::string(threads) + ".json"})
                    .ok());
  EXPECT_EQ(read(file("1.json")), read(file("2.json")));
  EXPECT_EQ(read(file("1.json")), read(file("3.json")));
}

TEST_F(Determinism, GccAndClangBuildsAgree) {
  const std::string clang = std::string(CORTADO_SOURCE_DIR) + "/build-clang";
  if (!std::filesystem::exists(clang + "/bin/cortado"))
    GTEST_SKIP() << "there is no clang build (./dev build --preset clang)";
  EXPECT_EQ(compile(clang, "clang.pte"), compile(CORTADO_BINARY_DIR, "gcc.pte"));
}

}  // namespace
}  // namespace cortado::tests
