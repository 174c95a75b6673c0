// Damaged programs: an error that can be read, never a crash, a hang or a write outside the arena.
#include <gtest/gtest.h>

#include <string>

#include "formats/pte/write.h"
#include "support/atomic_file.h"
#include "tests/runtime/corrupt.h"
#include "tests/runtime/load_and_run.h"
#include "tests/runtime/programs.h"
#include "tests/shared.h"

namespace cortado::runtime {
namespace {

using testing::corrupt;
using Bytes = std::vector<std::uint8_t>;

// Whether the program still loads.
bool load_and_run(const Bytes& content, ops::Random& random) {
  const testing::LoadResult result = testing::load_and_run(content, random);
  EXPECT_EQ(result.problem, "");
  return result.loaded;
}

void corrupt_many(const std::vector<Bytes>& files, int count) {
  int loaded = 0;
  for (int i = 0; i < count; ++i) {
    SCOPED_TRACE("corruption " + std::to_string(i));
    ops::Random random(static_cast<std::uint64_t>(i));
    Bytes file = files[static_cast<std::size_t>(i) % files.size()];
    corrupt(file, random);
    loaded += load_and_run(file, random) ? 1 : 0;
    if (::testing::Test::HasFailure()) return;
  }
  EXPECT_GT(loaded, count / 20);  // otherwise the corruptions are too coarse to reach anything
  EXPECT_LT(loaded, count);
}

TEST(Corruption, SmallPrograms) {
  std::vector<Bytes> files;
  for (const pte::Program& program : {testing::two_linears(), testing::branches(), testing::doubling_state(2)})
    for (const bool inlined : {false, true}) {
      auto file = pte::write(program, {.inline_constants = inlined});
      ASSERT_TRUE(file) << file.error().text();
      files.push_back(std::move(file).value());
    }
  corrupt_many(files, 12000);
}

TEST(Corruption, EveryTruncation) {
  auto file = pte::write(testing::two_linears());
  ASSERT_TRUE(file);
  ops::Random random(1);
  for (std::size_t size = 0; size < file.value().size(); ++size)
    load_and_run(Bytes(file.value().begin(), file.value().begin() + static_cast<std::ptrdiff_t>(size)), random);
}

// The kernels' own checks, with the programs that ExecuTorch emits for them.
TEST(Corruption, OfficialPrograms) {
  const auto folder = testing::shared_folder() / "conformance" / "operators";
  CORTADO_SKIP_WITHOUT(folder);
  std::vector<Bytes> files;
  for (const auto& path : testing::files_below(folder, ".pte")) {
    auto file = read_file(path);
    ASSERT_TRUE(file) << file.error().text();
    ops::Random random(1);
    if (file.value().size() < 20000 && load_and_run(file.value(), random)) files.push_back(std::move(file).value());
  }
  ASSERT_FALSE(files.empty());
  corrupt_many(files, 10000);
}

}  // namespace
}  // namespace cortado::runtime
