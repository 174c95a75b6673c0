#include "formats/pte/parse.h"

#include <gtest/gtest.h>

#include "formats/pte/write.h"
#include "tests/runtime/corrupt.h"
#include "tests/runtime/programs.h"

namespace cortado::pte {
namespace {

TEST(Parse, DamagedFilesGiveAnErrorOrAProgram) {
  int parsed_count = 0;
  constexpr int count = 10000;
  for (int i = 0; i < count; ++i) {
    ops::Random random(static_cast<std::uint64_t>(i));
    auto file = write(i % 2 == 0 ? testing::branches() : testing::doubling_state(2), {.inline_constants = i % 3 == 0});
    ASSERT_TRUE(file);
    testing::corrupt(file.value(), random);
    const auto parsed = parse(file.value());
    if (!parsed) {
      EXPECT_GT(parsed.error().message.size(), 10u);
    }
    parsed_count += parsed ? 1 : 0;
  }
  EXPECT_GT(parsed_count, count / 20);
  EXPECT_LT(parsed_count, count);
}

TEST(Parse, OtherFilesAreNamedAsSuch) {
  for (const Bytes& file : {Bytes(), Bytes(3, 0), Bytes(100, 'x')}) {
    const auto parsed = parse(file);
    ASSERT_FALSE(parsed);
    EXPECT_NE(parsed.error().message.find("not an ExecuTorch program: \"ET12\" is missing at byte 4"),
              std::string::npos)
        << parsed.error().text();
  }
}

}  // namespace
}  // namespace cortado::pte
