// cortado operators, and the page that it writes.
#include <fstream>
#include <sstream>

#include "tests/tools/command_line.h"

namespace cortado::tests {
namespace {

using Operators = CommandLine;

TEST_F(Operators, ThePageIsUpToDate) {
  std::ifstream file(CORTADO_SOURCE_DIR "/docs/operators.md");
  std::ostringstream page;
  page << file.rdbuf();
  EXPECT_EQ(cortado({"operators", "--markdown"}).out, page.str())
      << "write it anew: build/bin/cortado operators --markdown > docs/operators.md";
}

TEST_F(Operators, ToldByPartsOfTheirNames) {
  const Finished finished = cortado({"operators", "conv2d"});
  EXPECT_EQ(finished.exit_code, 0) << finished.err;
  EXPECT_NE(finished.out.find("aten::conv2d.default"), std::string::npos) << finished.out;
  EXPECT_NE(finished.out.find("cortex_m::quantized_conv2d.out(input, weight, bias?"), std::string::npos)
      << finished.out;
  EXPECT_EQ(finished.out.find("aten::relu"), std::string::npos) << finished.out;
}

TEST_F(Operators, AnUnknownNameIsAnError) {
  const Finished finished = cortado({"operators", "frobnicate"});
  EXPECT_EQ(finished.exit_code, 1);
  EXPECT_NE(finished.err.find("no operator has 'frobnicate' in its name"), std::string::npos) << finished.err;
}

}  // namespace
}  // namespace cortado::tests
