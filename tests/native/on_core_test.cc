// Row streams on the emulated core compute the bytes of the host, by Helium where the host computes lane by lane.
#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <map>

#include "boards/emulator/run.h"
#include "boards/emulator/tools.h"
#include "runtime/host/operators_of.h"
#include "runtime/host/session.h"
#include "stream/stream.h"
#include "tests/native/native_program.h"
#include "tests/on_target/on_target.h"

namespace cortado::tests {
namespace {

boards::Bytes bytes_of(const runtime::Port& port) {
  boards::Bytes bytes(port.bytes);
  if (port.bytes != 0) std::memcpy(bytes.data(), port.tensor.data, port.bytes);
  return bytes;
}

// A program with an input and its output on the host.
struct Case {
  boards::Bytes program;
  boards::Sample inputs, outputs;
  std::size_t stages = 0;  // of row streams
  std::vector<std::string> loops;
  std::uint64_t seed;
};

Case make_case(std::uint64_t seed, std::vector<std::string>& operators, bool input_rows = false) {
  Case test;
  test.seed = seed;
  int streams = 0;
  const auto optimize = seed % 2 == 0 && !input_rows ? compiler::Optimize::time : compiler::Optimize::ram;
  test.program = testing::native_program(seed, optimize, streams, input_rows);
  auto session = runtime::Session::load(test.program, "random.pte");
  EXPECT_TRUE(session) << session.error().text();
  if (!session) return test;
  runtime::Program& program = session.value().program();
  ops::Random random(seed);
  for (std::uint32_t i = 0; i < program.input_count(); ++i) {
    const ops::Tensor& tensor = program.input(i).tensor;
    for (std::size_t k = 0; k < tensor.bytes(); ++k)
      tensor.as<std::uint8_t>()[k] = static_cast<std::uint8_t>(random.bits() >> 56);
    test.inputs.push_back(bytes_of(program.input(i)));
  }
  for (const std::string& name : runtime::operators_of(program)) {
    if (name.starts_with("loop "))
      test.loops.push_back(name);
    else if (std::find(operators.begin(), operators.end(), name) == operators.end())
      operators.push_back(name);
  }
  for (std::uint32_t i = 0; i < program.instruction_count(); ++i)
    if (const stream::Stream* stream = program.instruction_stream(i)) test.stages += stream->stage_count();
  program.run();
  for (std::uint32_t i = 0; i < program.output_count(); ++i) test.outputs.push_back(bytes_of(program.output(i)));
  return test;
}

// One firmware runs all.
void check_on_core(const std::vector<Case>& cases, std::vector<std::string> operators) {
  std::sort(operators.begin(), operators.end());
  for (const Case& test : cases) {
    boards::CoreRunOptions options;
    options.core = "cortex-m55";
    options.program = test.program;
    options.operators = operators;
    options.samples = {test.inputs};
    const auto run = boards::run_on_core(options);
    ASSERT_TRUE(run) << run.error().text();
    ASSERT_EQ(run.value().outputs.size(), 1u);
    EXPECT_TRUE(run.value().outputs[0] == test.outputs) << "network " << test.seed;
  }
}

// The first 16 random networks, and of the next ones those with a stage that few before had; with CORTADO_THOROUGH all,
// as many as have ten thousand stages.
TEST(NativeOnCore, RandomNetworksComputeTheHostsBytes) {
  CORTADO_NEEDS_CORE("cortex-m55");
  constexpr int networks_each = 4;
  const std::size_t wanted_stages = std::getenv("CORTADO_THOROUGH") != nullptr ? 10'000 : 0;
  std::size_t stages = 0;
  std::vector<std::string> operators;
  std::map<std::string, int> networks_with;
  std::vector<Case> cases;
  for (std::uint64_t seed = 1; seed <= 300 || stages < wanted_stages; ++seed) {
    std::vector<std::string> its;
    Case test = make_case(seed, its);
    stages += test.stages;
    bool is_taken = seed <= 16 || wanted_stages != 0;
    for (const std::string& name : its) is_taken |= networks_with[name] < networks_each;
    if (!is_taken) continue;
    for (const std::string& name : its)
      if (networks_with[name]++ == 0) operators.push_back(name);
    cases.push_back(std::move(test));
  }
  check_on_core(cases, std::move(operators));
}

// Of networks of planes those with a loop that few before had; with CORTADO_THOROUGH a thousand.
TEST(NativeOnCore, NetworksOfPlanesComputeTheHostsBytes) {
  CORTADO_NEEDS_CORE("cortex-m55");
  const bool is_thorough = std::getenv("CORTADO_THOROUGH") != nullptr;
  constexpr int networks_each = 2;
  std::vector<std::string> operators;
  std::map<std::string, int> networks_with;
  std::vector<Case> cases;
  for (std::uint64_t i = 1; i <= 1000; ++i) {
    Case test = make_case(testing::RandomNetwork::planar_seeds + i, operators);
    bool is_taken = is_thorough;
    for (const std::string& loop : test.loops) is_taken |= networks_with[loop] < networks_each;
    if (!is_taken) continue;
    for (const std::string& loop : test.loops) ++networks_with[loop];
    cases.push_back(std::move(test));
  }
  for (const char* loop :
       {"two_inner_rows", "two_narrow_rows", "row_stride_1", "row_stride_2", "row_8_stride_1", "row_8_stride_2"})
    EXPECT_GE(networks_with[std::string("loop depthwise_") + loop], networks_each) << loop;
  check_on_core(cases, std::move(operators));
}

// Instructions by function are the counter's, and cycles lie between those of the busiest unit and those of the code's
// order.
TEST(NativeOnCore, CyclesAreModelled) {
  CORTADO_NEEDS_CORE("cortex-m55");
  if (!boards::find_program("llvm-mca-19")) GTEST_SKIP() << "llvm-mca-19 is not there";
  std::vector<std::string> operators;
  const Case test = make_case(3, operators);
  boards::CoreRunOptions options{.core = "cortex-m55",
                                 .program = test.program,
                                 .samples = {test.inputs},
                                 .operators = operators,
                                 .per_operator = true,
                                 .cycles = true};
  const auto run = boards::run_on_core(options);
  ASSERT_TRUE(run) << run.error().text();
  std::uint64_t instructions = 0;
  for (const boards::FunctionCost& function : run.value().functions) instructions += function.instructions;
  EXPECT_NEAR(static_cast<double>(instructions), static_cast<double>(run.value().run_instructions[0]), 60.0);
  EXPECT_GT(run.value().cycles.bound, 0);
  EXPECT_LE(run.value().cycles.bound, run.value().cycles.as_compiled);
  ASSERT_FALSE(run.value().per_operator.empty());
  for (const boards::OperatorCost& row : run.value().per_operator) EXPECT_GT(row.cycles.as_compiled, 0) << row.op;
  std::map<std::string, boards::Traffic> traffic;
  for (const boards::Traffic& memory : run.value().traffic) traffic[memory.memory] = memory;
  EXPECT_EQ(traffic.size(), 4u);
  EXPECT_GT(traffic["program"].read, 0u);
  EXPECT_LE(traffic["program"].fetched, 8 * traffic["program"].read);  // a line for each word at most
  EXPECT_GT(traffic["arena"].fetched, 0u);
  EXPECT_EQ(traffic["program"].written, 0u);
  EXPECT_EQ(traffic["code and its constants"].written, 0u);
  EXPECT_GE(traffic["arena"].written, test.outputs[0].size());
  EXPECT_GE(traffic["arena"].read, test.inputs[0].size());
  options.core = "cortex-m4";
  EXPECT_FALSE(boards::run_on_core(options));
}

// The loops of the program's stages, without those of Helium that have others in their place if `are_fast` is false.
std::vector<std::string> loops_of(const runtime::Program& program, bool are_fast) {
  std::vector<std::string> names = runtime::operators_of(program);
  std::erase_if(names, [&](const std::string& name) {
    return !name.starts_with("loop ") ||
           (!are_fast && (name.starts_with("loop pairs_") || name.starts_with("loop quads_")));
  });
  return names;
}

// A firmware with the loops that a program uses, and one that has slower ones instead, compute the same bytes; one
// without any refuses the program.
TEST(NativeOnCore, InnerLoopsAreLinkedByName) {
  CORTADO_NEEDS_CORE("cortex-m55");
  bool is_refused = false;
  for (std::uint64_t seed = 1; seed <= 6; ++seed) {
    std::vector<std::string> operators;
    const Case test = make_case(seed, operators);
    auto session = runtime::Session::load(test.program, "random.pte");
    ASSERT_TRUE(session) << session.error().text();
    std::vector<std::vector<std::string>> choices = {loops_of(session.value().program(), true),
                                                     loops_of(session.value().program(), false)};
    for (std::vector<std::string>& loops : choices) {
      loops.emplace_back("loop none");  // so that no loops are not all
      loops.insert(loops.end(), operators.begin(), operators.end());
      const boards::CoreRunOptions options{
          .core = "cortex-m55", .program = test.program, .samples = {test.inputs}, .operators = loops};
      const auto run = boards::run_on_core(options);
      ASSERT_TRUE(run) << run.error().text();
      EXPECT_TRUE(run.value().outputs[0] == test.outputs) << "network " << seed;
    }
    if (is_refused || choices[0].size() == operators.size() + 1) continue;
    operators.emplace_back("loop none");
    const auto run = boards::run_on_core(
        {.core = "cortex-m55", .program = test.program, .samples = {test.inputs}, .operators = operators});
    ASSERT_FALSE(run);
    EXPECT_NE(run.error().text().find("an inner loop of it is not in this build"), std::string::npos)
        << run.error().text();
    is_refused = true;
  }
  EXPECT_TRUE(is_refused);
}

// Rows of the input come from a function of the firmware, and the input takes no memory.
TEST(NativeOnCore, InputRowsComputeTheHostsBytes) {
  CORTADO_NEEDS_CORE("cortex-m55");
  std::vector<std::string> operators;
  std::vector<Case> cases;
  for (std::uint64_t seed = 1; seed <= 6; ++seed) cases.push_back(make_case(seed, operators, true));
  std::sort(operators.begin(), operators.end());
  for (std::size_t i = 0; i < cases.size(); ++i) {
    boards::CoreRunOptions options{
        .core = "cortex-m55", .program = cases[i].program, .samples = {cases[i].inputs}, .operators = operators};
    const auto whole = boards::run_on_core(options);
    options.input_rows = true;
    const auto by_rows = boards::run_on_core(options);
    ASSERT_TRUE(whole) << whole.error().text();
    ASSERT_TRUE(by_rows) << by_rows.error().text();
    EXPECT_TRUE(whole.value().outputs[0] == cases[i].outputs) << "network " << i + 1;
    EXPECT_TRUE(by_rows.value().outputs[0] == cases[i].outputs) << "network " << i + 1;
    EXPECT_LT(by_rows.value().arena_bytes, whole.value().arena_bytes);
  }
}

}  // namespace
}  // namespace cortado::tests
