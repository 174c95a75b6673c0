// Random networks as row streams: the bytes of the operators, and damage that does no harm.
#include <gtest/gtest.h>

#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <cstring>

#include "stream/blob.h"
#include "stream/stream.h"
#include "support/parallel.h"
#include "tests/native/native_program.h"
#include "tests/native/run_program.h"
#include "tests/runtime/corrupt.h"
#include "tests/runtime/load_and_run.h"

namespace cortado::compiler {
namespace {

using testing::Bytes;
using testing::native_program;
using testing::program_of;

// Counts the stages of the program's streams.
std::vector<ir::Tensor> run(const Bytes& program, std::uint64_t seed, std::uint64_t& stages) {
  auto session = testing::load_program(program);
  if (!session) return {};
  runtime::Program& loaded = session->program();
  for (std::uint32_t i = 0; i < loaded.instruction_count(); ++i)
    if (const stream::Stream* stream = loaded.instruction_stream(i)) stages += stream->stage_count();
  return testing::run_session(*session, testing::random_inputs(*session, seed));
}

struct Counts {
  std::atomic<std::uint64_t> streams{0}, stages{0};
};

void check_random_network(std::uint64_t seed, Counts& counts) {
  SCOPED_TRACE("network " + std::to_string(seed));
  std::uint64_t stages = 0, none = 0;
  int streams = 0;
  const auto expected = run(program_of(testing::RandomNetwork(seed).take()), seed, none);
  const auto actual = run(native_program(seed, static_cast<Optimize>(seed % 3), streams), seed, stages);
  ASSERT_EQ(actual.size(), expected.size());
  for (std::size_t i = 0; i < actual.size(); ++i)
    ASSERT_TRUE(std::equal(actual[i].bytes().begin(), actual[i].bytes().end(), expected[i].bytes().begin(),
                           expected[i].bytes().end()))
        << "output " << i;
  counts.streams += static_cast<std::uint64_t>(streams);
  counts.stages += stages;
}

void report(std::uint64_t networks, const Counts& counts, const char* end) {
  std::fprintf(stderr, "%llu networks, %llu stages%s", static_cast<unsigned long long>(networks),
               static_cast<unsigned long long>(counts.stages.load()), end);
}

// 1500 networks, or with CORTADO_THOROUGH as many as have a million stages; CORTADO_STAGE_CASES says another number of
// these.
TEST(Streams, RandomNetworksComputeTheSameBytes) {
  const char* given = std::getenv("CORTADO_STAGE_CASES");
  const std::uint64_t wanted = given != nullptr                             ? std::strtoull(given, nullptr, 10)
                               : std::getenv("CORTADO_THOROUGH") != nullptr ? 1'000'000
                                                                            : 0;
  constexpr std::uint64_t batch = 500;
  std::uint64_t networks = 0;
  Counts counts;
  while ((networks < 3 * batch || counts.stages < wanted) && !::testing::Test::HasFailure()) {
    const auto checked = parallel_for(batch, 0, [&](std::size_t i, std::size_t) {
      if (!::testing::Test::HasFailure()) check_random_network(networks + i + 1, counts);
      return Status();
    });
    ASSERT_TRUE(checked);
    networks += batch;
    if (wanted != 0) report(networks, counts, "\r");
  }
  EXPECT_GT(counts.streams, networks * 7 / 15);
  RecordProperty("stages", std::to_string(counts.stages.load()));
  if (wanted != 0) report(networks, counts, "\n");
}

TEST(Streams, NetworksOfPlanesComputeTheSameBytes) {
  Counts counts;
  const auto checked = parallel_for(500, 0, [&](std::size_t i, std::size_t) {
    if (!::testing::Test::HasFailure()) check_random_network(testing::RandomNetwork::planar_seeds + i, counts);
    return Status();
  });
  ASSERT_TRUE(checked);
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
  int loaded = 0;
  constexpr int count = 20000;
  for (int i = 0; i < count && !::testing::Test::HasFailure(); ++i) {
    SCOPED_TRACE("damage " + std::to_string(i));
    ops::Random random(static_cast<std::uint64_t>(i));
    Bytes program = programs[static_cast<std::size_t>(i) % programs.size()];
    const auto begin = testing::begin_of_blob(program);
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

// --- what is said of each kind of damage

using testing::BlobParts;
using Damage = void (*)(BlobParts& parts);

// Of a program with two stages in a stream, the first with constants.
Bytes program_with_two_stages() {
  int streams = 0;
  for (std::uint64_t seed = 1; seed < 1000; ++seed) {
    Bytes program = native_program(seed, Optimize::ram, streams);
    const auto begin = testing::begin_of_blob(program);
    if (begin == program.end()) continue;
    bool fits = false;
    testing::change_blob(program, [&](BlobParts& parts) {
      fits = parts.header->stages >= 2 && parts.stages[0].parts.constant_count > 0;
    });
    if (fits) return program;
  }
  ADD_FAILURE() << "no network has two stages in a stream";
  return {};
}

TEST(Streams, EveryDamageIsNamed) {
  const Bytes whole = program_with_two_stages();
  const struct {
    Damage damage;
    const char* message;
  } rows[] = {
      {[](BlobParts& b) { b.header->magic = 0; }, "it does not begin with its mark"},
      {[](BlobParts& b) { b.header->version = 9; }, "the native program has version 9, this build reads 4"},
      {[](BlobParts& b) { b.header->bytes -= 4; }, "it is cut short"},
      {[](BlobParts& b) { b.header->buffers = stream::max_buffers + 1; }, "it has too many parts"},
      {[](BlobParts& b) { b.stages[0].parts.number_count = 200; }, "a stage has too many parts"},
      {[](BlobParts& b) { b.stages[0].parts.numbers = 2; }, "a reference leads outside"},
      {[](BlobParts& b) { b.constants_of(0)->bytes = 0x7fffffff; }, "a constant leads outside"},
      {[](BlobParts& b) { b.buffers[0].same_as = 90; }, "a buffer is nowhere"},
      {[](BlobParts& b) { b.output_of(0).argument = 15; }, "a buffer is nowhere"},
      {[](BlobParts& b) { b.stages[0].output = 90; }, "a buffer does not exist"},
      {[](BlobParts& b) { b.stages[0].input[1] = 90; }, "a buffer does not exist"},
      {[](BlobParts& b) { b.stages[0].parts.y.stride = 0; }, "a window is out of range"},
      {[](BlobParts& b) { b.output_of(0).rows_at_once = 0; }, "a step's rows are out of range"},
      {[](BlobParts& b) { b.output_of(0).first_rows = 2; }, "a step's rows are out of range"},
      {[](BlobParts& b) { b.stages[0].output = b.stages[0].input[0]; }, "a stage reads what it makes"},
      {[](BlobParts& b) { b.stages[1] = b.stages[0]; }, "a buffer is made twice"},
      {[](BlobParts& b) { b.output_of(0).layout.element_bytes = 3; }, "a buffer's sizes are out of range"},
      {[](BlobParts& b) { b.output_of(0).layout.channels = 1 << 20; }, "a row does not fit its slot"},
      {[](BlobParts& b) { b.output_of(0).layout.planes.bytes = 1; }, "planes' sizes are out of range"},
      {[](BlobParts& b) { b.output_of(0).offset = 1u << 30; }, "a buffer leads outside its tensor"},
      {[](BlobParts& b) { b.output_of(0).same_as = b.stages[0].input[0]; }, "a buffer is seen in two places"},
      {[](BlobParts& b) { b.stages[0].stage = 13; }, "rows lie as no stage reads them"},
      {[](BlobParts& b) { b.stages[0].stage = 12; }, "rows lie as no stage makes them"},
      {[](BlobParts& b) { b.stages[0].stage = 99; }, "stage 99 is not in this build: link it or recompile the model"},
      {[](BlobParts& b) { b.header->arguments -= 1; }, "the native program takes 2 tensors, the call gives 3"},
  };
  for (const auto& row : rows) {
    Bytes program = whole;
    testing::change_blob(program, row.damage);
    const auto session = runtime::Session::load(program, "x.pte");
    ASSERT_FALSE(session) << row.message;
    EXPECT_EQ(session.error().message.rfind("x.pte: ", 0), 0u) << session.error().message;
    EXPECT_NE(session.error().message.find(row.message), std::string::npos) << session.error().message;
  }
}

TEST(Streams, ABlobIsAligned) {
  const Bytes program = program_with_two_stages();
  ErrorReport report;
  alignas(16) std::uint8_t bytes[64] = {};
  stream::Blob blob;
  EXPECT_NE(blob.open(bytes + 4, 60, report), ErrorCode::ok);
  EXPECT_STREQ(report.text(), "the native program is damaged: it is not 16-aligned");
  report.clear();
  EXPECT_NE(blob.open(bytes, 16, report), ErrorCode::ok);
  EXPECT_STREQ(report.text(), "the native program is damaged: it is cut short");
}

}  // namespace
}  // namespace cortado::compiler
