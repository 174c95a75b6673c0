#include "ir/verify.h"

#include <gtest/gtest.h>

#include "tests/ir/f32.h"

namespace cortado::ir {
namespace {

struct Example {
  Graph graph;
  Value* x = graph.add_input("x", f32({2}));
  Value* w = graph.add_constant("w", Tensor(DType::f32, {2}));
  Node* add = graph.append("aten::add.Tensor", "add", {{"self", x}, {"other", w}}, {f32({2})});
  Node* relu = graph.append("aten::relu.default", "relu", {{"self", add->outputs[0]}}, {f32({2})});
  Example() { graph.add_output(*relu->outputs[0], "y"); }
};

void expect_wrong(const Graph& graph, const char* part) {
  const Status status = verify(graph);
  ASSERT_FALSE(status) << part;
  EXPECT_EQ(status.error().fault, Fault::internal);
  EXPECT_NE(status.error().message.find(part), std::string::npos) << status.error().text();
}

TEST(Verify, AWholeGraphPasses) { EXPECT_TRUE(verify(Example().graph)); }

TEST(Verify, UseBeforeDefinition) {
  Example e;
  e.graph.set_argument(*e.add, "other", e.relu->outputs[0]);
  expect_wrong(e.graph, "before it is computed");
}

TEST(Verify, ListsOfUsers) {
  Example e;
  e.x->users.push_back(e.relu);
  expect_wrong(e.graph, "'x' has a list of users");
  e.x->users = {e.add, e.add};
  expect_wrong(e.graph, "'x' has a list of users");
  e.x->users.clear();
  expect_wrong(e.graph, "'x' has a list of users");
}

TEST(Verify, ArgumentsChangedBehindTheGraphsBack) {
  Example e;
  e.add->arguments[1].value = e.x;
  expect_wrong(e.graph, "users");
  Graph other;
  e.add->arguments[1].value = other.add_input("foreign", f32({2}));
  expect_wrong(e.graph, "not of this graph");
}

TEST(Verify, Names) {
  Example e;
  e.w->name = "x";
  expect_wrong(e.graph, "shares its name");
  e.w->name = "";
  expect_wrong(e.graph, "no name");
}

TEST(Verify, Types) {
  Example e;
  e.w->type.shape = {3};
  expect_wrong(e.graph, "content");
  e.w->type = f32({2});
  e.x->type.shape = {INT64_MAX, 4};
  expect_wrong(e.graph, "impossible shape");
  e.x->type = f32({2});
  e.x->type.dim_order = {1};
  expect_wrong(e.graph, "permutation");
  e.x->type.dim_order = {0, 0};
  expect_wrong(e.graph, "permutation");
}

TEST(Verify, QuantizationParameters) {
  Example e;
  e.x->type.quantization = Quantization{{0.5}, {0}, 0};
  expect_wrong(e.graph, "quantization");
  e.x->type.quantization = Quantization{{0.5, 0}, {0, 0}, 0};
  expect_wrong(e.graph, "quantization");
  e.x->type.quantization = Quantization{{0.5}, {0}, 1};
  expect_wrong(e.graph, "quantization");
  e.x->type.quantization = Quantization{{0.5, 0.25}, {0, 0}, 0};
  EXPECT_TRUE(verify(e.graph));
}

TEST(Verify, Ends) {
  Example e;
  e.graph.add_mutation(*e.w, *e.x);
  expect_wrong(e.graph, "neither state nor input");
  Example f;
  f.graph.inputs.push_back(f.w);
  expect_wrong(f.graph, "input");
  Example g;
  Value* state = g.graph.add_state("s", Tensor(DType::f32, {3}));
  g.graph.add_mutation(*state, *g.x);
  expect_wrong(g.graph, "'s' would become");
}

}  // namespace
}  // namespace cortado::ir
