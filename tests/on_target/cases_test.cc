// Every operator's kernel computes on every core what it computes on the host, bit for bit.
#include <map>
#include <sstream>

#include "ops/kernel_table.h"
#include "tests/on_target/case_result.h"
#include "tests/on_target/on_target.h"

namespace cortado::tests {
namespace {

class CasesTest : public ::testing::TestWithParam<std::string> {};

TEST_P(CasesTest, AsOnTheHost) {
  CORTADO_NEEDS_CORE(GetParam());
  auto target = OnTarget::build(
      GetParam(), {.main = "tests/on_target/firmware/cases.cc", .with_runtime = false, .with_cases = true});
  ASSERT_TRUE(target) << target.error().text();
  auto ending = target.value().run({"1", "40"}, 300);
  ASSERT_TRUE(ending) << ending.error().text();
  ASSERT_EQ(ending.value().kind, boards::Ending::Kind::exited) << target.value().describe(ending.value()).text();
  ASSERT_EQ(ending.value().exit_code, 0) << ending.value().console;
  auto text = boards::read_text(target.value().file("cases"));
  ASSERT_TRUE(text);

  std::map<std::string, std::uint32_t> row_of;
  for (std::uint32_t i = 0; i < ops::all_cases.count; ++i) row_of[ops::all_cases.rows[i]->name] = i;
  std::map<std::string, int> ran;
  std::vector<std::uint8_t> memory(1 << 22), reference_memory(1 << 22);
  std::istringstream lines(text.value());
  std::string name;
  for (std::uint64_t seed = 0, hash = 0; lines >> name >> seed >> hash; ++ran[name]) {
    ASSERT_TRUE(row_of.contains(name)) << name;
    const std::uint32_t row = row_of[name];
    const CaseResult here = run_case(*ops::all_cases.rows[row], *ops::all_kernels.rows[row], seed, memory.data(),
                                     reference_memory.data(), memory.size());
    ASSERT_TRUE(here.ran) << name << " " << seed;
    ASSERT_EQ(here.hash, hash) << name << ", case " << seed;
  }
  for (const auto& [op, row] : row_of) EXPECT_GE(ran[op], 20) << op;
}

INSTANTIATE_TEST_SUITE_P(Cores, CasesTest, ::testing::ValuesIn(boards::core_names()), test_name);

}  // namespace
}  // namespace cortado::tests
