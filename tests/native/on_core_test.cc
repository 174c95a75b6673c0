// Row streams on the emulated core compute the bytes of the host, by Helium where the host computes lane by lane.
#include <algorithm>
#include <cstring>

#include "boards/emulator/run.h"
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
};

Case make_case(std::uint64_t seed, std::vector<std::string>& operators) {
  Case test;
  int streams = 0;
  test.program = testing::native_program(seed, compiler::Optimize::ram, streams);
  auto session = runtime::Session::load(test.program, "random.pte");
  EXPECT_TRUE(session) << session.error().text();
  if (!session) return test;
  runtime::Program& program = session.value().program();
  ops::Random random(seed);
  for (std::uint32_t i = 0; i < program.input_count(); ++i) {
    const ops::Tensor& tensor = program.input(i).tensor;
    for (std::size_t k = 0; k < tensor.bytes(); ++k) tensor.as<std::uint8_t>()[k] = static_cast<std::uint8_t>(random.bits() >> 56);
    test.inputs.push_back(bytes_of(program.input(i)));
  }
  const auto add = [&](const std::string& name) {
    if (std::find(operators.begin(), operators.end(), name) == operators.end()) operators.push_back(name);
  };
  for (std::uint32_t i = 0; i < program.instruction_count(); ++i) {
    add(program.instruction_name(i));
    if (const stream::Stream* stream = program.instruction_stream(i))
      for (std::uint32_t s = 0; s < stream->stage_count(); ++s) add(std::string("stage ") + stream->stage_name(s));
  }
  program.run();
  for (std::uint32_t i = 0; i < program.output_count(); ++i) test.outputs.push_back(bytes_of(program.output(i)));
  return test;
}

TEST(NativeOnCore, RandomNetworksComputeTheHostsBytes) {
  CORTADO_NEEDS_CORE("cortex-m55");
  std::vector<std::string> operators;
  std::vector<Case> cases;
  for (std::uint64_t seed = 1; seed <= 24; ++seed) cases.push_back(make_case(seed, operators));
  std::sort(operators.begin(), operators.end());
  for (std::size_t i = 0; i < cases.size(); ++i) {
    boards::CoreRunOptions options;
    options.core = "cortex-m55";
    options.program = cases[i].program;
    options.operators = operators;  // one firmware for all
    options.samples = {cases[i].inputs};
    const auto run = boards::run_on_core(options);
    ASSERT_TRUE(run) << run.error().text();
    ASSERT_EQ(run.value().outputs.size(), 1u);
    EXPECT_TRUE(run.value().outputs[0] == cases[i].outputs) << "network " << i + 1;
  }
}

}  // namespace
}  // namespace cortado::tests
