// Random networks as row streams: the bytes of the operators, and damage that does no harm.
#include <gtest/gtest.h>

#include <cstring>

#include "runtime/host/session.h"
#include "stream/blob.h"
#include "tests/native/native_program.h"
#include "tests/runtime/corrupt.h"
#include "tests/runtime/load_and_run.h"

namespace cortado::compiler {
namespace {

using testing::Bytes;
using testing::native_program;
using testing::program_of;

std::vector<ir::Tensor> run(const Bytes& program, std::uint64_t seed) {
  auto session = runtime::Session::load(program, "random.pte");
  EXPECT_TRUE(session) << session.error().text();
  if (!session) return {};
  ops::Random random(seed);
  std::vector<ir::Tensor> inputs;
  for (const auto& port : session.value().inputs()) {
    ir::Tensor& input = inputs.emplace_back(port.type.dtype, port.type.shape);
    for (std::uint8_t& byte : input.mutable_bytes()) byte = static_cast<std::uint8_t>(random.bits() >> 56);
  }
  auto outputs = session.value().run(inputs);
  EXPECT_TRUE(outputs) << outputs.error().text();
  return outputs ? std::move(outputs).value() : std::vector<ir::Tensor>();
}

TEST(Streams, RandomNetworksComputeTheSameBytes) {
  int streams = 0;
  for (std::uint64_t seed = 1; seed <= 1500 && !::testing::Test::HasFailure(); ++seed) {
    SCOPED_TRACE("network " + std::to_string(seed));
    const auto expected = run(program_of(testing::RandomNetwork(seed).take()), seed);
    const auto actual = run(native_program(seed, static_cast<Optimize>(seed % 3), streams), seed);
    ASSERT_EQ(actual.size(), expected.size());
    for (std::size_t i = 0; i < actual.size(); ++i)
      ASSERT_TRUE(std::equal(actual[i].bytes().begin(), actual[i].bytes().end(), expected[i].bytes().begin(),
                             expected[i].bytes().end()))
          << "output " << i;
  }
  EXPECT_GT(streams, 700);
}

// A program whose blob is damaged loads or is refused; what runs stays inside its memory and ends.
TEST(Streams, DamagedBlobsDoNoHarm) {
  std::vector<Bytes> programs;
  int streams = 0;
  for (std::uint64_t seed = 1; programs.size() < 40; ++seed) {
    const int before = streams;
    Bytes program = native_program(seed, Optimize::ram, streams);
    if (streams != before) programs.push_back(std::move(program));
  }
  const auto mark = [](Bytes& program) {
    const std::uint32_t magic = stream::magic;
    const auto* bytes = reinterpret_cast<const std::uint8_t*>(&magic);
    return std::search(program.begin(), program.end(), bytes, bytes + 4);
  };
  int loaded = 0;
  constexpr int count = 20000;
  for (int i = 0; i < count && !::testing::Test::HasFailure(); ++i) {
    SCOPED_TRACE("damage " + std::to_string(i));
    ops::Random random(static_cast<std::uint64_t>(i));
    Bytes program = programs[static_cast<std::size_t>(i) % programs.size()];
    const auto begin = mark(program);
    Bytes blob(begin, program.end());
    testing::corrupt(blob, random);
    blob.resize(static_cast<std::size_t>(program.end() - begin));
    std::copy(blob.begin(), blob.end(), begin);
    const testing::LoadResult result = testing::load_and_run(program, random);
    EXPECT_EQ(result.problem, "");
    loaded += result.loaded ? 1 : 0;
  }
  EXPECT_GT(loaded, count / 20);
  EXPECT_LT(loaded, count);
}

}  // namespace
}  // namespace cortado::compiler
