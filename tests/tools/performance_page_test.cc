// docs/performance.md and its pictures are what benchmarks/page/draw makes of the checked-in figures.
#include "tests/tools/command_line.h"

namespace cortado::tests {
namespace {

class PerformancePage : public CommandLine {
 protected:
  static std::string source(const std::string& name) { return std::string(CORTADO_SOURCE_DIR) + "/" + name; }
  Finished draw(const std::string& argument) const {
    return conformance::run_process({"/usr/bin/python3", source("benchmarks/page/draw"), argument},
                                    std::chrono::seconds(60), folder());
  }
};

TEST_F(PerformancePage, IsUpToDate) {
  if (!std::filesystem::exists("/usr/bin/python3")) GTEST_SKIP() << "there is no python3";
  const Finished drawn = draw("docs");
  ASSERT_EQ(drawn.exit_code, 0) << drawn.err;
  std::size_t pictures = 0;
  for (const auto& entry : std::filesystem::directory_iterator(source("docs/pictures"))) {
    const std::string name = "docs/pictures/" + entry.path().filename().string();
    EXPECT_TRUE(read(source(name)) == read(file(name))) << name << ": draw it anew: ./dev bench page";
    ++pictures;
  }
  EXPECT_EQ(pictures, 4u);
  EXPECT_TRUE(read(source("docs/performance.md")) == read(file("docs/performance.md")))
      << "write it anew: ./dev bench page";
}

TEST_F(PerformancePage, ShowsEveryPicture) {
  const std::string page = read(source("docs/performance.md"));
  for (const auto& entry : std::filesystem::directory_iterator(source("docs/pictures")))
    EXPECT_NE(page.find("(pictures/" + entry.path().filename().string() + ")"), std::string::npos) << entry.path();
}

TEST_F(PerformancePage, UnknownOptionsAreErrors) {
  if (!std::filesystem::exists("/usr/bin/python3")) GTEST_SKIP() << "there is no python3";
  const Finished drawn = draw("--frobnicate");
  EXPECT_EQ(drawn.exit_code, 2);
  EXPECT_NE(drawn.err.find("usage: benchmarks/page/draw"), std::string::npos) << drawn.err;
}

}  // namespace
}  // namespace cortado::tests
