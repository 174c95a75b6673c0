// Random networks as native programs, for tests.
#pragma once

#include <gtest/gtest.h>

#include "compiler/emit/emit.h"
#include "compiler/optimise/form_streams.h"
#include "compiler/optimise/stream_node.h"
#include "formats/pte/write.h"
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

}  // namespace cortado::testing
