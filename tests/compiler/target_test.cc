#include "compiler/target.h"

#include <gtest/gtest.h>

namespace cortado::compiler {
namespace {

TEST(Target, TheSuffixInt8NamesTheSameCore) {
  const auto target = parse_target("cortex-m55+int8");
  ASSERT_TRUE(target);
  EXPECT_EQ(target.value().name, "cortex-m55");
  EXPECT_EQ(target.value().isa, ops::Isa::mve);
  EXPECT_EQ(parse_target("cortex-m4").value().isa, ops::Isa::dsp);
  EXPECT_EQ(parse_target("cortex-m23").value().isa, ops::Isa::scalar);
}

TEST(Target, UnknownNamesAreTheCommandLinesFault) {
  const auto target = parse_target("cortex-a53");
  ASSERT_FALSE(target);
  EXPECT_EQ(target.error().fault, Fault::usage);
  EXPECT_EQ(target.error().message, "unknown target 'cortex-a53'");
  EXPECT_NE(target.error().hint.find("cortex-m0plus"), std::string::npos);
}

}  // namespace
}  // namespace cortado::compiler
