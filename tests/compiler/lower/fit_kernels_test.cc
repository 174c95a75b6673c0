#include "compiler/lower/executorch/fit_kernels.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace cortado::compiler {
namespace {

constexpr const char* expand = "aten::expand_copy.out";

ir::Type int8(ir::Shape shape, std::vector<std::uint8_t> order = {}) {
  return {DType::i8, std::move(shape), std::move(order), {}};
}

// Of one call of `op` whose operands and result have these types.
ir::Graph elementwise(const std::string& op, const ir::Type& a, const ir::Type& b, const ir::Type& result) {
  ir::Graph graph;
  ir::Value* x = graph.add_input("x", a);
  ir::Value* y = graph.add_input("y", b);
  graph.add_output(*graph.append(op, "call", {{"self", x}, {"other", y}}, {result})->outputs[0], "out");
  return graph;
}

ir::Graph transposition(ir::Shape shape, std::vector<std::int64_t> order) {
  ir::Graph graph;
  ir::Value* x = graph.add_input("x", int8(shape));
  ir::Shape result;
  for (std::int64_t dim : order) result.push_back(shape[static_cast<std::size_t>(dim)]);
  graph.add_output(
      *graph.append("cortex_m::transpose.out", "call", {{"input", x}, {"perm", order}}, {int8(result)})->outputs[0],
      "out");
  return graph;
}

int count(const ir::Graph& graph, std::string_view op) {
  int calls = 0;
  for (const auto& node : graph.nodes()) calls += node->op == op;
  return calls;
}

const ir::Node* only(const ir::Graph& graph, std::string_view op) {
  const ir::Node* found = nullptr;
  for (const auto& node : graph.nodes())
    if (node->op == op) found = node.get();
  EXPECT_EQ(count(graph, op), 1) << op;
  return found;
}

ir::Shape operand(const ir::Node* call, std::string_view name) {
  return std::get<ir::Value*>(*call->find(name))->type.shape;
}

TEST(FitKernels, WhatRepeatsOverOuterDimensionsIsOneValueAChannel) {
  ir::Graph graph = elementwise("cortex_m::quantized_mul.out", int8({2, 3, 5}), int8({5}), int8({2, 3, 5}));
  ASSERT_TRUE(fit_kernels(graph));
  const ir::Node* mul = only(graph, "cortex_m::quantized_mul.out");
  ASSERT_NE(mul, nullptr);
  EXPECT_EQ(operand(mul, "self"), (ir::Shape{6, 5, 1, 1}));
  EXPECT_EQ(operand(mul, "other"), (ir::Shape{1, 5, 1, 1}));
  EXPECT_EQ(count(graph, expand), 0);
  EXPECT_EQ(graph.outputs()[0].value->type, int8({2, 3, 5}));
}

TEST(FitKernels, OuterDimensionsAreThoseOfMemory) {
  // Channels last, one value a pixel repeats along the innermost dimension.
  const ir::Type image = int8({1, 4, 3, 3}, ir::channels_last_order),
                 pixels = int8({1, 1, 3, 3}, ir::channels_last_order);
  ir::Graph graph = elementwise("cortex_m::quantized_add.out", pixels, image, image);
  ASSERT_TRUE(fit_kernels(graph));
  const ir::Node* copy = only(graph, expand);
  ASSERT_NE(copy, nullptr);
  EXPECT_EQ(operand(copy, "self"), (ir::Shape{1, 3, 3, 1}));
  const ir::Node* add = only(graph, "cortex_m::quantized_add.out");
  EXPECT_EQ(operand(add, "self"), (ir::Shape{1, 3, 3, 4}));
  EXPECT_EQ(operand(add, "other"), (ir::Shape{1, 3, 3, 4}));
  EXPECT_EQ(graph.outputs()[0].value->type, image);
}

TEST(FitKernels, OneValueAChannelStaysOnlyChannelsLast) {
  for (const auto& order : {ir::channels_last_order, std::vector<std::uint8_t>{}}) {
    ir::Graph graph = elementwise("cortex_m::quantized_mul.out", int8({1, 4, 3, 3}, order), int8({1, 4, 1, 1}, order),
                                  int8({1, 4, 3, 3}, order));
    ASSERT_TRUE(fit_kernels(graph));
    EXPECT_EQ(count(graph, expand), order.empty() ? 1 : 0);
    EXPECT_EQ(graph.nodes().size(), order.empty() ? 5u : 1u);
  }
}

TEST(FitKernels, DivisionTakesOneShape) {
  ir::Graph graph = elementwise("cortex_m::quantized_div.out", int8({2, 5}), int8({5}), int8({2, 5}));
  ASSERT_TRUE(fit_kernels(graph));
  EXPECT_EQ(count(graph, expand), 1);
  EXPECT_EQ(operand(only(graph, "cortex_m::quantized_div.out"), "other"), (ir::Shape{2, 5}));
}

TEST(FitKernels, NeighboursInATranspositionAreOneDimension) {
  ir::Graph graph = transposition({1, 2, 3, 4, 5}, {0, 2, 1, 3, 4});  // a channel shuffle
  ASSERT_TRUE(fit_kernels(graph));
  const ir::Node* call = only(graph, "cortex_m::transpose.out");
  ASSERT_NE(call, nullptr);
  EXPECT_EQ(operand(call, "input"), (ir::Shape{2, 3, 20}));
  EXPECT_EQ(std::get<std::vector<std::int64_t>>(*call->find("perm")), (std::vector<std::int64_t>{1, 0, 2}));
  EXPECT_EQ(call->outputs[0]->type.shape, (ir::Shape{3, 2, 20}));
  EXPECT_EQ(graph.outputs()[0].value->type.shape, (ir::Shape{1, 3, 2, 4, 5}));
}

TEST(FitKernels, FiveDimensionsThatAllMoveArePermuted) {
  ir::Graph graph = transposition({2, 3, 4, 5, 6}, {4, 3, 2, 1, 0});
  ASSERT_TRUE(fit_kernels(graph));
  EXPECT_EQ(count(graph, "aten::permute_copy.out"), 1);
  EXPECT_EQ(count(graph, "cortex_m::transpose.out"), 0);
}

TEST(FitKernels, SoftmaxGoesAlongTheLastDimension) {
  for (const std::int64_t dim : {-1, 2, 1, -3}) {
    ir::Graph graph;
    ir::Value* x = graph.add_input("x", int8({2, 3, 4}));
    graph.add_output(
        *graph.append("cortex_m::softmax.out", "call", {{"input", x}, {"dim", dim}}, {int8({2, 3, 4})})->outputs[0],
        "out");
    ASSERT_TRUE(fit_kernels(graph));
    const bool is_last = dim == -1 || dim == 2;
    EXPECT_EQ(count(graph, "cortex_m::transpose.out"), is_last ? 0 : 2);
    const ir::Shape columns = dim == 1 ? ir::Shape{2, 4, 3} : ir::Shape{1, 12, 2};
    EXPECT_EQ(operand(only(graph, "cortex_m::softmax.out"), "input"), is_last ? (ir::Shape{2, 3, 4}) : columns);
    EXPECT_EQ(graph.outputs()[0].value->type, int8({2, 3, 4}));
  }
}

// In N, H, W, C the channels are the last dimension that there is, and the width is not.
TEST(FitKernels, SoftmaxGoesAlongTheLastDimensionInMemory) {
  for (const std::int64_t dim : {1, -1}) {
    ir::Type image = int8({2, 3, 4, 5});
    image.dim_order = ir::channels_last_order;
    ir::Graph graph;
    ir::Value* x = graph.add_input("x", image);
    graph.add_output(*graph.append("cortex_m::softmax.out", "call", {{"input", x}, {"dim", dim}}, {image})->outputs[0],
                     "out");
    ASSERT_TRUE(fit_kernels(graph));
    EXPECT_EQ(count(graph, "cortex_m::transpose.out"), dim == 1 ? 0 : 2);
    const ir::Node* call = only(graph, "cortex_m::softmax.out");
    EXPECT_EQ(operand(call, "input"), dim == 1 ? (ir::Shape{40, 1, 3}) : (ir::Shape{8, 3, 5}));
    EXPECT_TRUE(call->outputs[0]->type.dim_order.empty());
    EXPECT_EQ(graph.outputs()[0].value->type, image);
  }
}

TEST(FitKernels, OperandsOfLowerRankTakeTheResultsOrder) {
  const ir::Type image{DType::f32, {1, 4, 3, 3}, ir::channels_last_order, {}};
  ir::Graph graph;
  ir::Value* x = graph.add_input("x", image);
  ir::Value* c = graph.add_constant("c", ir::Tensor(DType::f32, {4, 1, 1}));
  graph.add_output(*graph.append("aten::mul.out", "call", {{"self", x}, {"other", c}}, {image})->outputs[0], "out");
  ASSERT_TRUE(fit_kernels(graph));
  const ir::Value* other = std::get<ir::Value*>(*only(graph, "aten::mul.out")->find("other"));
  EXPECT_EQ(other->type.shape, (ir::Shape{1, 4, 1, 1}));
  EXPECT_EQ(other->type.dim_order, ir::channels_last_order);
}

class Borders : public ::testing::TestWithParam<const char*> {};

TEST_P(Borders, AreReadInLogicalOrder) {
  ir::Graph graph;
  ir::Value* x = graph.add_input("x", int8({1, 3, 4, 4}, ir::channels_last_order));
  const ir::Type padded = int8({1, 3, 6, 6}, ir::channels_last_order);
  graph.add_output(
      *graph.append(GetParam(), "call", {{"self", x}, {"padding", std::vector<std::int64_t>(4, 1)}}, {padded})
           ->outputs[0],
      "out");
  ASSERT_TRUE(fit_kernels(graph));
  const ir::Node* call = only(graph, GetParam());
  EXPECT_TRUE(call->outputs[0]->type.dim_order.empty());
  EXPECT_EQ(count(graph, "dim_order_ops::_clone_dim_order.out"), 2);
  EXPECT_EQ(graph.outputs()[0].value->type, padded);
}

INSTANTIATE_TEST_SUITE_P(FitKernels, Borders,
                         ::testing::Values("aten::reflection_pad2d.out", "aten::replication_pad2d.out"));

TEST(FitKernels, FactorsOfIntegersAreIntegers) {
  for (const DType dtype : {DType::i64, DType::f32}) {
    const ir::Type type{dtype, {2}, {}, {}};
    ir::Graph graph = elementwise("aten::add.out", type, type, type);
    graph.set_argument(*graph.nodes().front(), "alpha", 2.0);
    ASSERT_TRUE(fit_kernels(graph));
    EXPECT_EQ(std::holds_alternative<std::int64_t>(*graph.nodes().front()->find("alpha")), dtype == DType::i64);
  }
}

}  // namespace
}  // namespace cortado::compiler
