// Trained models: the native form computes the operators' bytes with fewer channels.
#include "tests/native/channel_network.h"
#include "tests/native/float_model.h"
#include "tests/shared.h"

namespace cortado::testing {
namespace {

// Training let half of its work die.
TEST(Models, ChannelsThatTrainingLetDieAreLeftOut) {
  const auto path = shared_folder() / "models" / "mobilenet_v1_025_vww.pt2";
  CORTADO_SKIP_WITHOUT(path);
  FloatModel model(path);
  compiler::CompileOptions options;
  options.io = compiler::Io::int8;
  const auto plain = model.compile(options);
  ASSERT_TRUE(plain) << plain.error().text();
  EXPECT_EQ(plain.value().report.work.macs, plain.value().report.work.macs_before);
  options.dialect = compiler::Dialect::cortado;
  for (const auto optimize : {compiler::Optimize::ram, compiler::Optimize::balanced, compiler::Optimize::time}) {
    options.optimize = optimize;
    const auto native = model.compile(options);
    ASSERT_TRUE(native) << native.error().text();
    const compiler::Work& work = native.value().report.work;
    EXPECT_EQ(work.macs_before, plain.value().report.work.macs);
    EXPECT_LE(work.macs * 100, work.macs_before * 60);
    if (optimize != compiler::Optimize::time) {
      EXPECT_LE(native.value().plan.arena_bytes, 36u << 10);
    }
    for (std::uint64_t seed = 1; seed <= 3; ++seed) {
      const auto expected = run_program(plain.value().bytes, seed), actual = run_program(native.value().bytes, seed);
      ASSERT_EQ(actual.size(), 1u);
      EXPECT_TRUE(std::equal(actual[0].bytes().begin(), actual[0].bytes().end(), expected[0].bytes().begin()))
          << "sample " << seed;
    }
  }
}

}  // namespace
}  // namespace cortado::testing
