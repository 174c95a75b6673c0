// Whole programs on the core: the bytes of the host, and errors that say what is wrong.
#include "boards/emulator/run.h"

#include <cstring>

#include "ops/cases.h"
#include "runtime/host/session.h"
#include "support/atomic_file.h"
#include "tests/on_target/on_target.h"
#include "tests/shared.h"

namespace cortado::tests {
namespace {

using boards::Bytes;

Bytes bytes_of(const runtime::Port& port) {
  Bytes bytes(port.bytes);
  if (port.bytes != 0) std::memcpy(bytes.data(), port.tensor.data, port.bytes);
  return bytes;
}

// Random inputs for a program, and what the host computes from them, in the program's memory order.
struct Expected {
  boards::Sample inputs, outputs;
  std::vector<std::string> operators;
};

Expected run_on_host(runtime::Session& session, std::uint64_t seed) {
  Expected expected;
  runtime::Program& program = session.program();
  ops::Random random(seed);
  for (std::uint32_t i = 0; i < program.input_count(); ++i) {
    const ops::Tensor& tensor = program.input(i).tensor;
    if (tensor.dtype == DType::f32)
      for (std::size_t k = 0; k < tensor.elements(); ++k) tensor.as<float>()[k] = (random.unit() - 0.5f) * 4.0f;
    else
      for (std::size_t k = 0; k < tensor.bytes(); ++k)
        tensor.as<std::uint8_t>()[k] = static_cast<std::uint8_t>(random.bits() >> 56);
    expected.inputs.push_back(bytes_of(program.input(i)));
  }
  program.run();
  for (std::uint32_t i = 0; i < program.output_count(); ++i) expected.outputs.push_back(bytes_of(program.output(i)));
  for (std::uint32_t i = 0; i < program.instruction_count(); ++i)
    expected.operators.emplace_back(program.instruction_name(i));
  return expected;
}

struct Case {
  friend std::ostream& operator<<(std::ostream& stream, const Case& row) {
    return stream << row.core << " " << row.network;
  }
  std::string core, network;
};

class NetworkTest : public ::testing::TestWithParam<Case> {};

TEST_P(NetworkTest, AsOnTheHost) {
  CORTADO_NEEDS_CORE(GetParam().core);
  const std::filesystem::path file =
      testing::shared_folder() / "conformance/networks" / GetParam().network / "official.pte";
  CORTADO_SKIP_WITHOUT(file);
  auto program = read_file(file);
  ASSERT_TRUE(program);
  auto session = runtime::Session::load(program.value(), GetParam().network);
  if (!session && session.error().message.find("not in this build") != std::string::npos)
    GTEST_SKIP() << session.error().message;
  ASSERT_TRUE(session) << session.error().text();
  boards::CoreRunOptions options{.core = GetParam().core, .program = program.value(), .per_operator = true};
  options.instruction_limit = 5'000'000'000;
  const Expected first = run_on_host(session.value(), 1), second = run_on_host(session.value(), 2);
  options.samples = {first.inputs, second.inputs};
  options.operators = first.operators;

  auto run = boards::run_on_core(options);
  ASSERT_TRUE(run) << run.error().text();
  const boards::CoreRun& result = run.value();
  ASSERT_EQ(result.outputs.size(), 2u);
  EXPECT_TRUE(result.outputs[0] == first.outputs);
  EXPECT_TRUE(result.outputs[1] == second.outputs);
  EXPECT_FALSE(first.outputs == second.outputs);
  EXPECT_EQ(result.per_operator.size(), first.operators.size());
  std::uint64_t sum = 0;
  for (const boards::OperatorCost& cost : result.per_operator) sum += cost.instructions;
  EXPECT_LE(sum, result.run_instructions[0]);
  EXPECT_GE(sum + 100 * result.per_operator.size() + 100, result.run_instructions[0]);
  EXPECT_GT(result.load_instructions, 0u);
  EXPECT_GT(result.arena_bytes, 0u);
  EXPECT_LE(result.arena_bytes, session.value().sizes().arena_bytes);  // pointers are smaller
  EXPECT_GT(result.stack_bytes, 0u);
  EXPECT_GT(result.flash.kernels, 0u);
  EXPECT_GT(result.flash.runtime, 0u);
}

// The smallest network of the shared data, for what can go wrong.
boards::CoreRunOptions small_run() {
  boards::CoreRunOptions options{.core = "cortex-m55"};
  auto program = read_file(::cortado::testing::shared_folder() / "conformance/networks/mlp/official.pte");
  if (!program) return options;
  options.program = std::move(program).value();
  auto session = runtime::Session::load(options.program, "mlp");
  if (!session) return options;
  const Expected expected = run_on_host(session.value(), 1);
  options.samples = {expected.inputs};
  options.operators = expected.operators;
  return options;
}

class RunTest : public ::testing::Test {
 protected:
  void SetUp() override {
    CORTADO_NEEDS_CORE("cortex-m55");
    options_ = small_run();
    if (options_.samples.empty()) GTEST_SKIP() << "../shared/conformance is not there";
  }
  std::string error() {
    auto run = boards::run_on_core(options_);
    return run ? "" : run.error().text();
  }
  boards::CoreRunOptions options_;
};

TEST_F(RunTest, NamesTheOperatorThatIsNotLinked) {
  options_.operators = {"cortex_m::softmax.out"};
  EXPECT_NE(error().find("is not in this build"), std::string::npos) << error();
}

TEST_F(RunTest, RefusesADamagedProgram) {
  options_.program.resize(options_.program.size() / 2);
  EXPECT_NE(error().find("on cortex-m55: "), std::string::npos) << error();
}

TEST_F(RunTest, RefusesAnInputOfAnotherSize) {
  options_.samples[0][0].pop_back();
  EXPECT_NE(error().find("cannot read (or not as many bytes as the program takes): input_0_0"), std::string::npos)
      << error();
}

TEST_F(RunTest, EndsAtTheLimitOfInstructions) {
  options_.instruction_limit = 1000;
  EXPECT_NE(error().find("the cortex-m55 reached its limit of instructions"), std::string::npos) << error();
}

TEST_F(RunTest, RefusesAProgramThatTheBoardCannotHold) {
  options_.core = "cortex-m0";
  CORTADO_NEEDS_CORE(options_.core);
  options_.program.resize(1 << 20);
  EXPECT_NE(error().find("the program has 1048576 bytes, the board "), std::string::npos) << error();
}

TEST_F(RunTest, RefusesAnUnknownCore) {
  options_.core = "cortex-a53";
  EXPECT_NE(error().find("cortex-m55"), std::string::npos) << error();
}

TEST_F(RunTest, WorksWithoutACache) {
  // A cache below a file cannot be made.
  const std::string former = std::getenv("XDG_CACHE_HOME") != nullptr ? std::getenv("XDG_CACHE_HOME") : "";
  setenv("XDG_CACHE_HOME", "/dev/null/cache", 1);
  std::string notice;
  options_.notice = [&](std::string_view text) { notice = text; };
  EXPECT_EQ(error(), "");
  EXPECT_NE(notice.find("cannot be written"), std::string::npos) << notice;
  former.empty() ? unsetenv("XDG_CACHE_HOME") : setenv("XDG_CACHE_HOME", former.c_str(), 1);
}

INSTANTIATE_TEST_SUITE_P(Networks, NetworkTest,
                         ::testing::Values(Case{"cortex-m55", "mlp"}, Case{"cortex-m55", "mlperf_deep_autoencoder"},
                                           Case{"cortex-m55", "mlperf_ds_cnn"}, Case{"cortex-m55", "mlperf_resnet8"},
                                           Case{"cortex-m0", "mlp"}, Case{"cortex-m4", "mlperf_ds_cnn"},
                                           Case{"cortex-m33", "mlp"}),
                         [](const auto& test) {
                           std::string name = test.param.core + "_" + test.param.network;
                           std::replace(name.begin(), name.end(), '-', '_');
                           return name;
                         });

}  // namespace
}  // namespace cortado::tests
