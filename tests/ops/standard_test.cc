// The tests that every wire operator gets from its contract: kernel = integer reference, bit for bit, between guards.
#include <gtest/gtest.h>

#include <cstring>
#include <vector>

#include "ops/case_row.h"
#include "ops/definition.h"

namespace cortado::ops {
namespace {

class StandardTest : public testing::TestWithParam<const WireOperator*> {};

TEST_P(StandardTest, KernelEqualsReference) {
  const WireOperator& wire = *GetParam();
  std::vector<std::uint8_t> buffer(1 << 20), reference_buffer(1 << 20);
  int ran = 0;
  for (std::uint64_t seed = 1; seed <= 2000; ++seed) {
    ErrorReport report;
    CaseBuilder expected(seed, reference_buffer.data(), reference_buffer.size());
    CaseBuilder actual(seed, buffer.data(), buffer.size());
    if (!wire.cases->run(expected, nullptr, report)) continue;
    ASSERT_TRUE(wire.cases->run(actual, wire.kernel, report));
    ASSERT_EQ(report.code(), ErrorCode::ok) << "seed " << seed << ": " << report.text();
    ASSERT_TRUE(actual.guards_intact()) << "seed " << seed;
    ASSERT_EQ(actual.output_count(), expected.output_count());
    for (std::size_t i = 0; i < actual.output_count(); ++i)
      ASSERT_EQ(std::memcmp(actual.output_at(i).data, expected.output_at(i).data, actual.output_at(i).bytes()), 0)
          << "seed " << seed;
    ++ran;
  }
  EXPECT_GE(ran, 1000);
}

INSTANTIATE_TEST_SUITE_P(Operators, StandardTest, testing::ValuesIn(registry().wire_operators()), [](const auto& test) {
  std::string name(test.param->name);
  for (char& c : name)
    if (std::isalnum(static_cast<unsigned char>(c)) == 0) c = '_';
  return name;
});

}  // namespace
}  // namespace cortado::ops
