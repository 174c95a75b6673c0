// Every operator's kernel computes on every core what it computes on the host, bit for bit. That the host's bits are
// those of the reference is the standard tests' affair.
#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <map>
#include <string>
#include <vector>

#include "ops/kernel_table.h"
#include "tests/on_target/case_result.h"
#include "tests/on_target/on_target.h"

namespace cortado::tests {
namespace {

// ./dev test --thorough
bool thorough() { return std::getenv("CORTADO_THOROUGH") != nullptr; }

// Cases of each operator on each core.
std::uint32_t case_count() { return thorough() ? 1000 : 100; }

// One core of each kind unless thorough: without and with DSP instructions and floating point, and with Helium. To
// compile the kernels for the others takes minutes.
bool is_chosen(const boards::Core& core) {
  if (core.board == "microbit") return false;  // the same core as another's, with less memory
  return thorough() || core.name == "cortex-m0" || core.name == "cortex-m4" || core.name == "cortex-m55";
}

// One firmware: a core and as many operators as its flash holds.
struct Group {
  friend std::ostream& operator<<(std::ostream& stream, const Group& group) {
    return stream << group.core << " " << group.number;
  }
  std::string core;
  std::size_t number = 0;
  std::vector<std::string> operators;
};

std::vector<Group> groups() {
  std::vector<Group> groups;
  for (const boards::Core& core : boards::cores()) {
    if (!is_chosen(core)) continue;
    const bool small_flash = core.name == "cortex-m0" || core.name == "cortex-m55";
    const std::size_t size = small_flash ? 32 : 1000;
    for (std::uint32_t i = 0; i < ops::all_cases.count; ++i) {
      if (i % size == 0) groups.push_back({std::string(core.name), i / size, {}});
      groups.back().operators.emplace_back(ops::all_cases.rows[i]->name);
    }
  }
  return groups;
}

std::vector<CaseResult> results_of(const std::string& bytes) {
  std::vector<CaseResult> results(bytes.size() / sizeof(CaseResult));
  if (!results.empty()) std::memcpy(results.data(), bytes.data(), results.size() * sizeof(CaseResult));
  return results;
}

std::uint32_t row_on_host(const std::string& name) {
  std::uint32_t row = 0;
  while (row < ops::all_cases.count && ops::all_cases.rows[row]->name != name) ++row;
  return row;
}

// The operators in the order of the firmware's table: by name.
void compare_with_host(std::vector<std::string> operators, const std::vector<CaseResult>& results) {
  std::sort(operators.begin(), operators.end());
  std::map<std::string, std::uint32_t> ran, differ, first;
  std::vector<std::uint8_t> memory(1 << 22);
  for (const CaseResult& there : results) {
    ASSERT_LT(there.row, operators.size());
    const std::string& name = operators[there.row];
    const std::uint32_t row = row_on_host(name);
    CaseResult here{row, there.seed, 0};
    ErrorReport report;
    bool guards_intact = false;
    ASSERT_TRUE(run_case(*ops::all_cases.rows[row], *ops::all_kernels.rows[row], memory.data(), memory.size(), here,
                         report, guards_intact));
    ++ran[name];
    if (here.hash != there.hash && differ[name]++ == 0) first[name] = there.seed;
  }
  for (const auto& [name, count] : differ)
    if (count != 0)
      ADD_FAILURE() << name << ": other bits than the host's in " << count << " of " << ran[name]
                    << " cases, first in case " << first[name];
  for (const std::string& op : operators)
    EXPECT_GE(ran[op], case_count() * 9 / 10) << op << ": too few cases fit the core";
}

class CasesTest : public ::testing::TestWithParam<Group> {};

TEST_P(CasesTest, AsOnTheHost) {
  CORTADO_NEEDS_CORE(GetParam().core);
  auto target = OnTarget::build(GetParam().core, {.main = "tests/on_target/firmware/cases.cc",
                                                  .with_runtime = false,
                                                  .with_cases = true,
                                                  .operators = GetParam().operators});
  ASSERT_TRUE(target) << target.error().text();
  auto ending = target.value().run({std::to_string(case_count())}, 600);
  ASSERT_TRUE(ending) << ending.error().text();
  ASSERT_EQ(ending.value().kind, boards::Ending::Kind::exited) << target.value().describe(ending.value()).text();
  ASSERT_EQ(ending.value().exit_code, 0) << ending.value().console;
  auto bytes = boards::read_text(target.value().file("cases"));
  ASSERT_TRUE(bytes);
  compare_with_host(GetParam().operators, results_of(bytes.value()));
}

INSTANTIATE_TEST_SUITE_P(Cores, CasesTest, ::testing::ValuesIn(groups()), [](const auto& test) {
  std::string name = test.param.core + "_" + std::to_string(test.param.number);
  std::replace(name.begin(), name.end(), '-', '_');
  return name;
});

}  // namespace
}  // namespace cortado::tests
