// Damaged programs: an error that can be read, never a crash, a hang or a write outside the arena.
#include <gtest/gtest.h>

#include <algorithm>
#include <string>

#include "formats/pte/write.h"
#include "support/atomic_file.h"
#include "tests/runtime/block.h"
#include "tests/runtime/corrupt.h"
#include "tests/runtime/programs.h"
#include "tests/shared.h"

namespace cortado::runtime {
namespace {

using testing::Block;
using testing::corrupt;
using Bytes = std::vector<std::uint8_t>;

constexpr std::size_t arena_limit_bytes = std::size_t{1} << 24;

bool is_readable(const std::string& text) {
  return text.size() > 10 && std::none_of(text.begin(), text.end(), [](char c) { return c >= 0 && c < ' '; });
}

// Whether the program still loads.
bool load_and_run(const Bytes& content, ops::Random& random) {
  const Block file(content);
  Options options;
  options.program = file.data.get();
  options.program_bytes = file.bytes;
  Sizes sizes;
  ErrorReport report;
  if (measure(options, sizes, report) != ErrorCode::ok) {
    EXPECT_TRUE(is_readable(report.text())) << report.text();
    return false;
  }
  if (sizes.arena_bytes > arena_limit_bytes) return false;
  const Block arena(sizes.arena_bytes);
  options.arena = arena.memory();
  Program* program = Program::load(options, report);
  if (program == nullptr) {
    EXPECT_TRUE(is_readable(report.text())) << report.text();
    EXPECT_NE(report.code(), ErrorCode::arena_too_small) << report.text();
    return false;
  }
  EXPECT_EQ(report.code(), ErrorCode::ok);
  for (std::uint32_t i = 0; i < program->input_count(); ++i)
    if (program->input(i).is_tensor && !program->input(i).tensor.is_constant)
      std::memset(program->input(i).tensor.data, random.between(0, 255), program->input(i).bytes);
  program->run();
  program->reset();
  program->run();
  EXPECT_TRUE(std::equal(content.begin(), content.end(), static_cast<const std::uint8_t*>(file.data.get()))) << "the program was written to";
  return true;
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
