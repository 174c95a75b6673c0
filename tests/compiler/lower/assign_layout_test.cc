#include "compiler/lower/assign_layout.h"

#include <gtest/gtest.h>

namespace cortado::compiler {
namespace {

using ir::Node;
using ir::Value;

// An operator without a definition ties its operands: enough to test the choice without particular operators.
ir::Type image(std::int64_t channels, std::int64_t size) { return {DType::i8, {1, channels, size, size}, {}, {}}; }

int copies(const ir::Graph& graph) {
  int count = 0;
  for (const auto& node : graph.nodes()) count += node->op == "dim_order_ops::_clone_dim_order.out";
  return count;
}

TEST(AssignLayout, TiedValuesLieAsTheInputIsGiven) {
  ir::Graph graph;
  Value* x = graph.add_input("x", image(8, 4));
  x->type.dim_order = ir::channels_last_order;
  Value* y = graph.append("test::same.default", "y", {{"x", x}}, {image(8, 4)})->outputs[0];
  graph.add_output(*y, "y");
  ASSERT_TRUE(assign_layout(graph));
  EXPECT_EQ(y->type.dim_order, ir::channels_last_order);
  EXPECT_EQ(copies(graph), 0);
}

TEST(AssignLayout, ConstantsOfTiedOperatorsLieLikeTheOthers) {
  ir::Graph graph;
  Value* x = graph.add_input("x", image(2, 2));
  x->type.dim_order = ir::channels_last_order;
  Value* c = graph.add_constant("c", ir::Tensor(DType::i8, {1, 2, 2, 2}));
  Node* add = graph.append("test::same.default", "add", {{"a", x}, {"b", c}}, {image(2, 2)});
  graph.add_output(*add->outputs[0], "y");
  ASSERT_TRUE(assign_layout(graph));
  EXPECT_EQ(std::get<Value*>(*add->find("b"))->type.dim_order, ir::channels_last_order);
}

TEST(AssignLayout, AMutableBufferAndWhatIsWrittenToItShareAnOrder) {
  ir::Graph graph;
  Value* x = graph.add_input("x", image(8, 4));
  x->type.dim_order = ir::channels_last_order;
  Value* state = graph.add_state("s", ir::Tensor(DType::i8, {1, 8, 4, 4}));
  Value* y = graph.append("test::same.default", "y", {{"x", x}}, {image(8, 4)})->outputs[0];
  graph.add_mutation(*state, *y);
  graph.add_output(*y, "y");
  ASSERT_TRUE(assign_layout(graph));
  EXPECT_EQ(state->type.dim_order, graph.mutations()[0].value->type.dim_order);
}

// ExecuTorch's kernel takes images for contiguous; ours joins them as they lie.
TEST(AssignLayout, NativeConcatenationsLieAsTheirParts) {
  for (const bool native : {false, true}) {
    ir::Graph graph;
    Value* x = graph.add_input("x", image(8, 4));
    x->type.dim_order = ir::channels_last_order;
    Value* part = graph.append("test::same.default", "part", {{"x", x}}, {image(8, 4)})->outputs[0];
    Value* whole = graph
                       .append("aten::cat.default", "whole",
                               {{"tensors", ir::ValueList{x, part}}, {"dim", std::int64_t{1}}}, {image(16, 4)})
                       ->outputs[0];
    Value* y = graph.append("test::same.default", "y", {{"x", whole}, {"z", whole}}, {image(16, 4)})->outputs[0];
    graph.add_output(*y, "y");
    ASSERT_TRUE(assign_layout(graph, {.native = native}));
    EXPECT_EQ(whole->type.dim_order == ir::channels_last_order, native);
    if (native) {
      EXPECT_EQ(copies(graph), 0);
    }
  }
}

}  // namespace
}  // namespace cortado::compiler
