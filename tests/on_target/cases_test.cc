// Every operator's kernel computes on every core what it computes on the host, bit for bit.
#include <map>
#include <sstream>
#include <string>
#include <vector>

#include "ops/kernel_table.h"
#include "tests/on_target/case_result.h"
#include "tests/on_target/on_target.h"

namespace cortado::tests {
namespace {

class CasesTest : public ::testing::TestWithParam<std::string> {};

// The operators of ExecuTorch's Cortex-M dialect, in groups that fit the smallest flash.
std::vector<std::vector<std::string>> groups() {
  constexpr std::size_t operators_per_firmware = 8;
  std::vector<std::vector<std::string>> groups;
  for (std::uint32_t i = 0; i < ops::all_cases.count; ++i) {
    const std::string name = ops::all_cases.rows[i]->name;
    if (!name.starts_with("cortex_m::")) continue;
    if (groups.empty() || groups.back().size() == operators_per_firmware) groups.emplace_back();
    groups.back().push_back(name);
  }
  return groups;
}

std::uint32_t row_of(const std::string& name) {
  std::uint32_t i = 0;
  while (i < ops::all_cases.count && ops::all_cases.rows[i]->name != name) ++i;
  return i;
}

void check_group(const std::string& core, const std::vector<std::string>& operators) {
  auto target = OnTarget::build(core, {.main = "tests/on_target/firmware/cases.cc",
                                       .with_runtime = false,
                                       .with_cases = true,
                                       .operators = operators});
  ASSERT_TRUE(target) << target.error().text();
  auto ending = target.value().run({"1", "40"}, 300);
  ASSERT_TRUE(ending) << ending.error().text();
  ASSERT_EQ(ending.value().kind, boards::Ending::Kind::exited) << target.value().describe(ending.value()).text();
  ASSERT_EQ(ending.value().exit_code, 0) << ending.value().console;
  auto text = boards::read_text(target.value().file("cases"));
  ASSERT_TRUE(text);

  std::map<std::string, int> ran;
  std::vector<std::uint8_t> memory(1 << 22), reference_memory(1 << 22);
  std::istringstream lines(text.value());
  std::string name;
  for (std::uint64_t seed = 0, hash = 0; lines >> name >> seed >> hash; ++ran[name]) {
    const std::uint32_t row = row_of(name);
    ASSERT_LT(row, ops::all_cases.count) << name;
    const CaseResult here = run_case(*ops::all_cases.rows[row], *ops::all_kernels.rows[row], seed, memory.data(),
                                     reference_memory.data(), memory.size());
    ASSERT_TRUE(here.ran) << name << " " << seed;
    ASSERT_EQ(here.hash, hash) << name << ", case " << seed;
  }
  for (const std::string& op : operators) EXPECT_GE(ran[op], 20) << op;
}

TEST_P(CasesTest, AsOnTheHost) {
  CORTADO_NEEDS_CORE(GetParam());
  for (const std::vector<std::string>& operators : groups()) check_group(GetParam(), operators);
}

INSTANTIATE_TEST_SUITE_P(Cores, CasesTest, ::testing::Values("cortex-m55"), test_name);

}  // namespace
}  // namespace cortado::tests
