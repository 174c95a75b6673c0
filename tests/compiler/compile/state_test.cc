// A float graph that keeps state: calibrated over a sequence, compiled with the state in int8, run call after call.
#include <gtest/gtest.h>

#include "compiler/calibrate/calibrate.h"
#include "compiler/compile.h"
#include "compiler/interpret/interpreter.h"
#include "ops/cases.h"
#include "runtime/host/session.h"

namespace cortado::compiler {
namespace {

// memory = memory / 2 + x, which is also the answer.
ir::Graph leaky_sum() {
  ir::Graph graph;
  const ir::Type type{DType::f32, {1, 4}, {}, {}};
  ir::Value* x = graph.add_input("x", type);
  ir::Value* memory = graph.add_state("memory", ir::Tensor::of<float>(DType::f32, {1, 4}, {0, 1, 2, -1}), "memory");
  ir::Value* half = graph.add_constant("half", ir::Tensor::of<float>(DType::f32, {}, {0.5f}));
  ir::Value* rest = graph.append("aten::mul.Tensor", "rest", {{"self", memory}, {"other", half}}, {type})->outputs[0];
  ir::Value* sum = graph.append("aten::add.Tensor", "sum", {{"self", rest}, {"other", x}}, {type})->outputs[0];
  graph.add_mutation(*memory, *sum);
  graph.add_output(*sum, "sum");
  return graph;
}

std::vector<Sample> sequence(std::uint64_t seed, std::size_t length) {
  ops::Random random(seed);
  std::vector<Sample> samples;
  for (std::size_t i = 0; i < length; ++i) {
    ir::Tensor x(DType::f32, {1, 4});
    for (int j = 0; j < 4; ++j) x.mutable_data<float>()[j] = random.unit() * 6 - 3;
    samples.push_back({x});
  }
  return samples;
}

Result<Compiled> compiled_leaky_sum() {
  return compile(
      leaky_sum(),
      [](const ir::Graph& graph) { return calibrate(graph, TensorSamples(sequence(1, 4)), {.progress = false}); }, {});
}

TEST(State, IsKeptInInt8BetweenCalls) {
  const auto compiled = compiled_leaky_sum();
  ASSERT_TRUE(compiled) << compiled.error().text();
  EXPECT_TRUE(compiled.value().report.float_operators.empty());
  ASSERT_EQ(compiled.value().graph.mutations().size(), 1u);
  EXPECT_EQ(compiled.value().graph.mutations()[0].target->type.dtype, DType::i8);
  auto ours = runtime::Session::load(compiled.value().bytes, "test.pte");
  ASSERT_TRUE(ours) << ours.error().text();
  const ir::Graph graph = leaky_sum();
  auto meant = Session::create(graph);
  ASSERT_TRUE(meant) << meant.error().text();
  for (const Sample& sample : sequence(1, 4)) {
    const auto expected = meant.value().run(sample);
    const auto outputs = ours.value().run(sample);
    ASSERT_TRUE(outputs) << outputs.error().text();
    for (int i = 0; i < 4; ++i)
      EXPECT_NEAR(outputs.value()[0].data<float>()[i], expected.value()[0].data<float>()[i],
                  0.3);  // steps of 0.05 add up
  }
}

TEST(State, ResetBringsTheFirstContentBack) {
  const auto compiled = compiled_leaky_sum();
  ASSERT_TRUE(compiled) << compiled.error().text();
  auto session = runtime::Session::load(compiled.value().bytes, "test.pte");
  ASSERT_TRUE(session) << session.error().text();
  const Sample sample = sequence(3, 1)[0];
  const auto first = session.value().run(sample);
  const auto second = session.value().run(sample);
  session.value().reset();
  const auto again = session.value().run(sample);
  ASSERT_TRUE(first && second && again);
  EXPECT_FALSE(std::ranges::equal(first.value()[0].bytes(), second.value()[0].bytes()));
  EXPECT_TRUE(std::ranges::equal(first.value()[0].bytes(), again.value()[0].bytes()));
}

}  // namespace
}  // namespace cortado::compiler
