#include "ir/graph.h"

#include <gtest/gtest.h>

#include "tests/ir/f32.h"

namespace cortado::ir {
namespace {

TEST(Graph, ReplacingUsesKeepsTheListsOfUsers) {
  Graph graph;
  Value* x = graph.add_input("x", f32({2}));
  Node* a = graph.append("aten::relu.default", "relu", {{"self", x}}, {f32({2})});
  Node* b = graph.append("aten::add.Tensor", "add", {{"self", a->outputs[0]}, {"other", a->outputs[0]}}, {f32({2})});
  graph.add_output(*b->outputs[0], "out");
  EXPECT_EQ(a->outputs[0]->users.size(), 1u);
  graph.replace_uses(*a->outputs[0], *x);
  EXPECT_EQ(x->users.size(), 2u);
  EXPECT_TRUE(a->outputs[0]->users.empty());
  graph.remove_dead();
  EXPECT_EQ(graph.nodes().size(), 1u);
  EXPECT_EQ(x->users, std::vector<Node*>{b});
}

TEST(Graph, NamesAreUnique) {
  Graph graph;
  EXPECT_EQ(graph.add_constant("w", Tensor(DType::f32, {1}))->name, "w");
  EXPECT_EQ(graph.add_constant("w", Tensor(DType::f32, {1}))->name, "w_1");
}

TEST(Tensor, PhysicalAndLogicalOrderAreInverse) {
  std::vector<float> values(24);
  for (int i = 0; i < 24; ++i) values[static_cast<std::size_t>(i)] = static_cast<float>(i);
  const Tensor t = Tensor::of<float>(DType::f32, {1, 2, 3, 4}, values);
  const Tensor nhwc = to_physical(t, channels_last_order);
  EXPECT_EQ(nhwc.shape(), (Shape{1, 3, 4, 2}));
  EXPECT_EQ(nhwc.data<float>()[1], 12.0f);
  const Tensor back = to_logical(nhwc, channels_last_order);
  EXPECT_EQ(back.shape(), t.shape());
  EXPECT_EQ(back.data<float>()[5], 5.0f);
}

TEST(Tensor, OversizedShapesAreAnError) {
  EXPECT_FALSE(Tensor::create(DType::f32, {INT64_MAX, 4}));
  EXPECT_FALSE(Tensor::create(DType::f32, {-1}));
  EXPECT_TRUE(Tensor::create(DType::f32, {0, 4}));
}

}  // namespace
}  // namespace cortado::ir
