// The inner loops that a native program names for a firmware that links no others.
#include "ops/loops.h"

#include <string>

#include "ops/stage_loops.h"
#include "runtime/host/operators_of.h"
#include "runtime/host/session.h"
#include "tests/native/native_program.h"

namespace cortado::testing {
namespace {

using ops::LoopId;

// Of the programs of `count` random networks.
std::vector<LoopId> named_loops(compiler::Optimize optimize, std::uint64_t count) {
  std::vector<LoopId> loops;
  int streams = 0;
  for (std::uint64_t seed = 0; seed < count; ++seed) {
    auto session = runtime::Session::load(native_program(seed, optimize, streams), "random.pte");
    EXPECT_TRUE(session) << session.error().text();
    if (!session) continue;
    const std::vector<std::string> names = runtime::operators_of(session.value().program());
    for (int i = 0; i < static_cast<int>(LoopId::count); ++i)
      if (std::find(names.begin(), names.end(), "loop " + std::string(ops::loop_names[i].name)) != names.end())
        loops.push_back(static_cast<LoopId>(i));
  }
  return loops;
}

TEST(Loops, ProgramsForLeastRamNameStandInsAlone) {
  for (const LoopId loop : named_loops(compiler::Optimize::ram, 40))
    EXPECT_EQ(ops::stand_in(loop), loop) << ops::loop_names[static_cast<int>(loop)].name;
}

TEST(Loops, ProgramsForSpeedNameNoCompactLoop) {
  const auto loops = named_loops(compiler::Optimize::time, 40);
  const auto has = [&](LoopId id) { return std::find(loops.begin(), loops.end(), id) != loops.end(); };
  EXPECT_FALSE(has(LoopId::pairs_rows_compact));
  EXPECT_FALSE(has(LoopId::pairs_planes_compact));
  EXPECT_TRUE(has(LoopId::pairs_rows_2) || has(LoopId::pairs_rows_5_more));
}

TEST(Loops, StandInsHaveNoneThemselves) {
  for (int i = 0; i < static_cast<int>(LoopId::count); ++i) {
    const LoopId other = ops::stand_in(static_cast<LoopId>(i));
    EXPECT_EQ(ops::stand_in(other), other) << ops::loop_names[i].name;
  }
}

}  // namespace
}  // namespace cortado::testing
