// The tests that every wire operator gets from its contract: kernel = integer reference, bit for bit, between guards.
#include <gtest/gtest.h>

#include <cstdlib>
#include <cstring>
#include <set>
#include <vector>

#include "ops/case_row.h"
#include "ops/definition.h"
#include "ops/kernel_table.h"
#include "tests/ops/operator_name.h"

namespace cortado::ops {
namespace {

// The parameter: a row of all_cases and all_kernels.
class StandardTest : public testing::TestWithParam<std::uint32_t> {};

TEST_P(StandardTest, KernelEqualsReference) {
  const CaseRow& cases = *all_cases.rows[GetParam()];
  const Kernel& kernel = *all_kernels.rows[GetParam()];
  ASSERT_STREQ(cases.name, kernel.name);
  std::vector<std::uint8_t> buffer(1 << 20), reference_buffer(1 << 20);
  // ./dev test --thorough: more than 10^4 cases of each operator.
  const std::uint64_t wanted = std::getenv("CORTADO_THOROUGH") != nullptr ? 10'000 : 1000;
  std::uint64_t ran = 0;
  for (std::uint64_t seed = 1; seed <= 10 * wanted && ran < wanted; ++seed) {
    ErrorReport report;
    CaseBuilder expected(seed, reference_buffer.data(), reference_buffer.size());
    CaseBuilder actual(seed, buffer.data(), buffer.size());
    if (!cases.run(expected, nullptr, report)) continue;
    ASSERT_TRUE(cases.run(actual, &kernel, report));
    ASSERT_EQ(report.code(), ErrorCode::ok) << "seed " << seed << ": " << report.text();
    ASSERT_TRUE(actual.guards_intact()) << "seed " << seed;
    ASSERT_EQ(actual.output_count(), expected.output_count());
    for (std::size_t i = 0; i < actual.output_count(); ++i)
      ASSERT_EQ(std::memcmp(actual.output_at(i).data, expected.output_at(i).data, actual.output_at(i).bytes()), 0)
          << "seed " << seed;
    ++ran;
  }
  EXPECT_EQ(ran, wanted);
}

TEST(StandardTests, EveryWireOperatorHasOne) {
  std::set<std::string_view> names;
  for (std::uint32_t i = 0; i < all_cases.count; ++i) names.insert(all_cases.rows[i]->name);
  for (const WireOperator* wire : registry().wire_operators()) EXPECT_TRUE(names.contains(wire->name)) << wire->name;
}

INSTANTIATE_TEST_SUITE_P(Operators, StandardTest, testing::Range(0u, all_cases.count),
                         [](const auto& test) { return operator_name(test.param); });

}  // namespace
}  // namespace cortado::ops
