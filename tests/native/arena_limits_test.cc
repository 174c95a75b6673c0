// A limit of the arena is kept by compiler and runtime, or refused with the least that is possible; more memory costs
// no time.
#include <cmath>
#include <cstdlib>

#include "boards/emulator/run.h"
#include "runtime/host/operators_of.h"
#include "runtime/host/session.h"
#include "tests/native/float_model.h"
#include "tests/on_target/on_target.h"
#include "tests/shared.h"

namespace cortado::testing {
namespace {

bool is_thorough() { return std::getenv("CORTADO_THOROUGH") != nullptr; }

// 16 KB … 1.6 MB, in twelve equal steps of the logarithm; without CORTADO_THOROUGH, four of them.
std::vector<std::size_t> limits() {
  std::vector<std::size_t> list;
  for (int i = 0; i < 12; i += is_thorough() ? 1 : 3)
    list.push_back(static_cast<std::size_t>(std::lround(16384 * std::pow(100.0, i / 11.0))));
  return list;
}

class LimitedModel {
 public:
  explicit LimitedModel(const std::filesystem::path& path) : model_(path) {}

  // Within the limit, by the compiler's word and the runtime's, or an error.
  Result<compiler::Compiled> compile(std::size_t limit) {
    compiler::CompileOptions options;
    options.dialect = compiler::Dialect::cortado;
    options.io = compiler::Io::int8;
    options.arena_limit_bytes = limit;
    auto compiled = model_.compile(options);
    if (compiled) check_sizes(compiled.value(), limit);
    return compiled;
  }
  // What the error says is possible, which must be more than the limit, and is.
  void check_refusal(const Diagnostic& error, std::size_t limit) {
    std::size_t least = 0, said = 0;
    ASSERT_EQ(
        std::sscanf(error.message.c_str(), "the model needs an arena of %zu bytes, the limit is %zu", &least, &said), 2)
        << error.text();
    EXPECT_EQ(said, limit);
    ASSERT_GT(least, limit);
    if (least == least_) return;
    EXPECT_EQ(least_, 0u) << "another least than for a smaller limit";
    least_ = least;
    const auto compiled = compile(least);
    ASSERT_TRUE(compiled) << compiled.error().text();
    EXPECT_EQ(compiled.value().plan.arena_bytes, least);
    EXPECT_FALSE(compile(least - 1));
  }

 private:
  static void check_sizes(const compiler::Compiled& compiled, std::size_t limit) {
    EXPECT_LE(compiled.plan.arena_bytes, limit);
    auto session = runtime::Session::load(compiled.bytes, "limited.pte");
    ASSERT_TRUE(session) << session.error().text();
    const runtime::Sizes& sizes = session.value().sizes();
    EXPECT_LE(sizes.region_bytes, limit);
    // The tables beside; those of a host of 64 bits are larger than a core's.
    EXPECT_LE(sizes.arena_bytes - sizes.region_bytes, 16u << 10);
  }

  FloatModel model_;
  std::size_t least_ = 0;
};

std::uint64_t instructions_of(const boards::Bytes& program) {
  auto session = runtime::Session::load(program, "limited.pte");
  EXPECT_TRUE(session) << session.error().text();
  if (!session) return 0;
  const runtime::Program& loaded = session.value().program();
  boards::CoreRunOptions options;
  options.program = program;
  options.operators = runtime::operators_of(loaded);
  boards::Sample& inputs = options.samples.emplace_back();
  for (std::uint32_t i = 0; i < loaded.input_count(); ++i) inputs.emplace_back(loaded.input(i).bytes);
  const auto run = boards::run_on_core(options);
  EXPECT_TRUE(run) << run.error().text();
  return run ? run.value().run_instructions[0] : 0;
}

class ArenaLimits : public ::testing::TestWithParam<const char*> {};

// The emulated core counts instructions where it is there: of all networks with CORTADO_THOROUGH, else of the small
// ones. The planner's figures for cycles are right to about a two hundredth between choices that are alike.
TEST_P(ArenaLimits, AreKeptOrRefusedWithTheLeast) {
  const auto path = shared_folder() / "models" / GetParam();
  CORTADO_SKIP_WITHOUT(path);
  const bool counts = boards::check_core("cortex-m55") && (is_thorough() || std::filesystem::file_size(path) < 1 << 20);
  LimitedModel model(path);
  std::uint64_t before = 0;
  boards::Bytes program;
  for (const std::size_t limit : limits()) {
    SCOPED_TRACE("limit " + std::to_string(limit));
    const auto compiled = model.compile(limit);
    EXPECT_TRUE(compiled || program.empty()) << "a larger limit than one that was kept";
    if (!compiled) model.check_refusal(compiled.error(), limit);
    if (!compiled || compiled.value().bytes == program) continue;
    program = compiled.value().bytes;
    if (!counts) continue;
    const std::uint64_t now = instructions_of(program);
    EXPECT_TRUE(before == 0 || now <= before + before / 200) << before << " -> " << now;
    before = now;
  }
  EXPECT_FALSE(program.empty());
}

INSTANTIATE_TEST_SUITE_P(Models, ArenaLimits,
                         ::testing::Values("mobilenet_v2.executorch_qdq.pt2", "efficientnet_lite0.executorch_qdq.pt2",
                                           "mobilenet_v3_small.pt2", "resnet8.pt2", "ds_cnn.pt2"),
                         [](const ::testing::TestParamInfo<const char*>& network) {
                           const std::string name = network.param;
                           return name.substr(0, name.find('.'));
                         });

}  // namespace
}  // namespace cortado::testing
