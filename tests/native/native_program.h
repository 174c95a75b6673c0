// Random networks as native programs, for tests.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <vector>

#include "compiler/emit/emit.h"
#include "compiler/optimise/form_streams.h"
#include "compiler/optimise/stream_node.h"
#include "formats/pte/write.h"
#include "stream/blob.h"
#include "tests/native/random_network.h"

namespace cortado::testing {

using Bytes = std::vector<std::uint8_t>;

inline Bytes program_of(const ir::Graph& graph) {
  const auto plan = compiler::plan_memory(graph);
  EXPECT_TRUE(plan) << plan.error().text();
  if (!plan) return {};
  const Status checked = compiler::check_plan(graph, plan.value());
  EXPECT_TRUE(checked) << checked.error().text();
  const auto program = compiler::to_program(graph, plan.value());
  EXPECT_TRUE(program) << program.error().text();
  if (!program) return {};
  auto bytes = pte::write(program.value());
  EXPECT_TRUE(bytes) << bytes.error().text();
  return bytes ? std::move(bytes).value() : Bytes();
}

// The network with as many streams as `optimize` wants; `streams` grows by how many they are.
inline Bytes native_program(std::uint64_t seed, compiler::Optimize optimize, int& streams, bool input_rows = false) {
  ir::Graph graph = RandomNetwork(seed).take();
  compiler::CompileOptions options;
  options.dialect = compiler::Dialect::cortado;
  options.optimize = optimize;
  options.input_rows = input_rows;
  const Status formed = compiler::form_streams(graph, options);
  EXPECT_TRUE(formed) << formed.error().text();
  for (const auto& node : graph.nodes()) streams += compiler::is_stream(*node) ? 1 : 0;
  return program_of(graph);
}

// The first stream of a program; its end where there is none.
inline Bytes::iterator begin_of_blob(Bytes& program) {
  const std::uint32_t magic = stream::magic;
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(&magic);
  return std::search(program.begin(), program.end(), bytes, bytes + sizeof magic);
}

struct BlobParts {
  std::uint8_t* data;
  stream::Header* header;
  stream::BufferRecord* buffers;
  stream::StageRecord* stages;

  stream::BufferRecord& output_of(std::uint32_t stage) { return buffers[stages[stage].output]; }
  ops::StageConstant* constants_of(std::uint32_t stage) {
    return reinterpret_cast<ops::StageConstant*>(data + stages[stage].parts.constants);
  }
};

// Changes the first stream of a program in its place.
template <class Change>
void change_blob(Bytes& program, Change change) {
  const auto begin = begin_of_blob(program);
  ASSERT_NE(begin, program.end());
  struct alignas(16) Block {
    std::uint8_t bytes[16];
  };
  const auto size = static_cast<std::size_t>(program.end() - begin);
  std::vector<Block> aligned(size / sizeof(Block) + 1);
  auto* data = reinterpret_cast<std::uint8_t*>(aligned.data());
  std::copy(begin, program.end(), data);
  BlobParts parts = {data, reinterpret_cast<stream::Header*>(data), nullptr, nullptr};
  parts.buffers = reinterpret_cast<stream::BufferRecord*>(data + sizeof(stream::Header));
  parts.stages = reinterpret_cast<stream::StageRecord*>(parts.buffers + parts.header->buffers);
  change(parts);
  std::copy_n(data, size, begin);
}

}  // namespace cortado::testing
