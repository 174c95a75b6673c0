#include "compiler/plan/plan.h"

#include <gtest/gtest.h>

#include "ops/alias/alias.h"
#include "ops/cases.h"

namespace cortado::compiler {
namespace {

ir::Type bytes(std::int64_t count) { return {DType::i8, {count}, {}, {}}; }

ir::Value* node(ir::Graph& graph, std::vector<ir::Value*> inputs, std::int64_t size) {
  return graph.append("test::op.out", "op", {{"inputs", ir::ValueList(inputs.begin(), inputs.end())}}, {bytes(size)})
      ->outputs[0];
}

// x -> a -> b -> c, where b has scratch.
struct Chain {
  ir::Graph graph;
  ir::Value* x = graph.add_input("x", bytes(100));
  ir::Value* a = node(graph, {x}, 200);
  ir::Value* scratch = graph.add_scratch("scratch", 30);
  ir::Value* b = node(graph, {a, scratch}, 100);
  ir::Value* c = node(graph, {b}, 50);
  Chain() { graph.add_output(*c, "y"); }
};

TEST(Plan, ValuesThatAreNotAliveTogetherShareMemory) {
  Chain chain;
  const auto plan = plan_memory(chain.graph);
  ASSERT_TRUE(plan);
  EXPECT_TRUE(check_plan(chain.graph, plan.value()));
  EXPECT_EQ(plan.value().arena_bytes, 208u + 112u + 32u);  // a, b and the scratch, each rounded up to 16
}

TEST(Plan, AnAliasLiesWhereItsSourceLiesAndKeepsItAlive) {
  ir::Graph graph;
  ir::Value* x = graph.add_input("x", bytes(64));
  ir::Value* a = node(graph, {x}, 64);
  ir::Value* view = ops::insert_alias(graph, nullptr, "view", a, {DType::i8, {8, 8}, {}, {}}, {})->outputs[0];
  ir::Value* b = node(graph, {x}, 64);
  graph.add_output(*node(graph, {view, b}, 64), "y");
  const auto plan = plan_memory(graph);
  ASSERT_TRUE(plan);
  EXPECT_TRUE(check_plan(graph, plan.value()));
  EXPECT_EQ(plan.value().offset_bytes.at(view), plan.value().offset_bytes.at(a));
  EXPECT_NE(plan.value().offset_bytes.at(b), plan.value().offset_bytes.at(a));
}

TEST(Plan, BuffersKeepTheirMemoryForThemselves) {
  ir::Graph graph;
  ir::Value* x = graph.add_input("x", bytes(16));
  ir::Value* state = graph.add_state("state", ir::Tensor(DType::i8, {16}));
  ir::Value* a = node(graph, {x, state}, 16);
  ir::Value* b = node(graph, {a}, 16);
  graph.add_mutation(*state, *a);
  graph.add_output(*b, "y");
  const auto plan = plan_memory(graph);
  ASSERT_TRUE(plan);
  EXPECT_TRUE(check_plan(graph, plan.value()));
  for (const ir::Value* value : {x, a, b})
    EXPECT_NE(plan.value().offset_bytes.at(value), plan.value().offset_bytes.at(state));
}

TEST(Plan, MoreThanMemoryCanBeIsAnError) {
  ir::Graph graph;
  for (const char* name : {"a", "b", "c"})
    graph.add_output(*graph.add_input(name, {DType::u8, {INT64_MAX}, {}, {}}), name);
  const auto plan = plan_memory(graph);
  ASSERT_FALSE(plan);
  EXPECT_EQ(plan.error().message, "the model's tensors do not fit any memory");
}

TEST(CheckPlan, FindsValuesThatOverwriteEachOther) {
  Chain chain;
  Plan plan = plan_memory(chain.graph).value();
  const Plan good = plan;
  plan.offset_bytes[chain.b] = plan.offset_bytes[chain.a];
  EXPECT_FALSE(check_plan(chain.graph, plan));

  plan = good;
  plan.offset_bytes[chain.scratch] = plan.offset_bytes[chain.a] + 16;  // partly over what the node reads
  const Status overlap = check_plan(chain.graph, plan);
  ASSERT_FALSE(overlap);
  EXPECT_EQ(overlap.error().fault, Fault::internal);
  EXPECT_NE(overlap.error().message.find("'op_1'"), std::string::npos) << overlap.error().message;

  plan = good;
  plan.offset_bytes[chain.c] = 8;
  EXPECT_FALSE(check_plan(chain.graph, plan)) << "not aligned";
  plan = good;
  plan.arena_bytes -= 16;
  EXPECT_FALSE(check_plan(chain.graph, plan)) << "outside the arena";
  plan = good;
  plan.offset_bytes.erase(chain.b);
  EXPECT_FALSE(check_plan(chain.graph, plan)) << "no place";
}

TEST(CheckPlan, FindsAnOutputThatIsOverwrittenLater) {
  ir::Graph graph;
  ir::Value* x = graph.add_input("x", bytes(16));
  ir::Value* early = node(graph, {x}, 16);
  graph.add_output(*early, "early");
  graph.add_output(*node(graph, {x}, 16), "late");
  Plan plan = plan_memory(graph).value();
  EXPECT_TRUE(check_plan(graph, plan));
  plan.offset_bytes[early] = plan.offset_bytes[graph.outputs()[1].value];
  EXPECT_FALSE(check_plan(graph, plan));
}

// Random graphs: every plan passes the checker, and moving any value onto another that is alive with it does not.
TEST(Plan, RandomGraphsHoldUpToTheChecker) {
  for (std::uint32_t seed = 0; seed < 200; ++seed) {
    ops::Random random(seed);
    ir::Graph graph;
    std::vector<ir::Value*> values = {graph.add_input("x", bytes(random.between(0, 300)))};
    for (int i = random.between(1, 25); i > 0; --i) {
      std::vector<ir::Value*> inputs = {
          values[static_cast<std::size_t>(random.between(0, static_cast<int>(values.size()) - 1))], values.back()};
      if (random.chance(3)) inputs.push_back(graph.add_scratch("scratch", random.between(0, 200)));
      values.push_back(node(graph, inputs, random.between(1, 300)));
    }
    graph.add_output(*values.back(), "y");
    const auto plan = plan_memory(graph);
    ASSERT_TRUE(plan);
    const Status status = check_plan(graph, plan.value());
    EXPECT_TRUE(status) << seed << ": " << status.error().message;
    // The last node's input moved onto its output.
    Plan broken = plan.value();
    broken.offset_bytes[values[values.size() - 2]] = broken.offset_bytes[values.back()];
    const bool detectable = values[values.size() - 2]->type.size_bytes() != 0;
    EXPECT_EQ(static_cast<bool>(check_plan(graph, broken)), !detectable) << seed;
  }
}

}  // namespace
}  // namespace cortado::compiler
