#include "compiler/fold_qdq/fold_qdq.h"

#include <gtest/gtest.h>

#include <cmath>

#include "compiler/fold_qdq/fold_constants.h"
#include "tests/compiler/fold_qdq/graphs.h"

namespace cortado::compiler {
namespace {

using testing::dequantize;
using testing::f32;
using testing::quantize;

constexpr const char* noted = R"({"_arm_annotation_info": {"quantized": true}})";

// x[1, 2] -> linear -> y[1, 3], with weights of scale 0.25.
struct LinearNet {
  ir::Graph graph;
  ir::Value* x = graph.add_input("x", f32({1, 2}));
  ir::Value* weight = graph.add_constant("w", ir::Tensor::of<std::int8_t>(DType::i8, {3, 2}, {1, 2, 3, 4, 5, 6}));
  ir::Value* bias = graph.add_constant("b", ir::Tensor::of<float>(DType::f32, {3}, {1.0f, -0.06f, 0.1875f}));
  ir::Node* linear = nullptr;

  LinearNet() {
    ir::Value* reals = dequantize(graph, quantize(graph, x));
    linear = graph.append("aten::linear.default", "linear",
                          {{"input", reals}, {"weight", dequantize(graph, weight, {.scale = 0.25})}, {"bias", bias}},
                          {f32({1, 3})});
  }
};

TEST(FoldQdq, AnOperatorBetweenQdqNodesTakesAndGivesIntegers) {
  LinearNet net;
  ir::Value* result = quantize(net.graph, net.linear->outputs[0], {.scale = 0.125, .zero_point = -3});
  net.graph.add_output(*dequantize(net.graph, result, {.scale = 0.125, .zero_point = -3}), "y");
  ASSERT_TRUE(fold_qdq(net.graph));

  EXPECT_EQ(net.graph.nodes().size(), 3u);  // quantize, linear, dequantize
  const ir::Value* input = std::get<ir::Value*>(*net.linear->find("input"));
  EXPECT_EQ(input->type.quantization, ir::quantization(0.5, 0));
  EXPECT_EQ(net.weight->type.quantization, ir::quantization(0.25, 0));
  EXPECT_EQ(net.linear->outputs[0]->type.dtype, DType::i8);
  EXPECT_EQ(net.linear->outputs[0]->type.quantization, ir::quantization(0.125, -3));
}

TEST(FoldQdq, ARealBiasGetsTheScaleOfInputTimesWeight) {
  LinearNet net;
  net.graph.add_output(*quantize(net.graph, net.linear->outputs[0]), "y");
  ASSERT_TRUE(fold_qdq(net.graph));
  const ir::Value* bias = std::get<ir::Value*>(*net.linear->find("bias"));
  ASSERT_EQ(bias->type.dtype, DType::i32);
  EXPECT_EQ(bias->data.data<std::int32_t>()[0], 8);  // 1 / 0.125
  EXPECT_EQ(bias->data.data<std::int32_t>()[1], 0);  // −0.48
  EXPECT_EQ(bias->data.data<std::int32_t>()[2], 2);  // 1.5, half to even
}

TEST(FoldQdq, WithNotesOnlyNotedOperatorsFold) {
  LinearNet net;
  net.graph.add_output(*quantize(net.graph, net.linear->outputs[0]), "y");
  net.graph.nodes().front()->source.custom = noted;
  ASSERT_TRUE(fold_qdq(net.graph));
  EXPECT_FALSE(net.linear->outputs[0]->type.is_quantized());

  LinearNet other;
  other.graph.add_output(*quantize(other.graph, other.linear->outputs[0]), "y");
  other.linear->source.custom = noted;
  ASSERT_TRUE(fold_qdq(other.graph));
  EXPECT_TRUE(other.linear->outputs[0]->type.is_quantized());
}

TEST(FoldQdq, UsersWithOtherParametersRequantize) {
  LinearNet net;
  net.graph.add_output(*quantize(net.graph, net.linear->outputs[0], {.scale = 0.5}), "y");
  net.graph.add_output(*quantize(net.graph, net.linear->outputs[0], {.scale = 0.75}), "z");
  ASSERT_TRUE(fold_qdq(net.graph));
  EXPECT_EQ(net.graph.outputs()[0].value, net.linear->outputs[0]);
  const ir::Value* z = net.graph.outputs()[1].value;
  EXPECT_EQ(z->type.quantization, ir::quantization(0.75, 0));
  const ir::Value* reals = std::get<ir::Value*>(*z->producer->find("input"));
  EXPECT_EQ(std::get<ir::Value*>(*reals->producer->find("input")), net.linear->outputs[0]);
}

TEST(FoldQdq, ARealUserTakesTheDequantizedResult) {
  LinearNet net;
  net.graph.add_output(*quantize(net.graph, net.linear->outputs[0]), "y");
  net.graph.add_output(*net.linear->outputs[0], "reals");
  ASSERT_TRUE(fold_qdq(net.graph));
  const ir::Value* reals = net.graph.outputs()[1].value;
  EXPECT_EQ(reals->type.dtype, DType::f32);
  EXPECT_EQ(reals->producer->op, "quantized_decomposed::dequantize_per_tensor.default");
}

TEST(FoldQdq, AConstantUnderTwoScalesBecomesTwo) {
  LinearNet net;
  ir::Value* x = std::get<ir::Value*>(*net.linear->find("input"));
  ir::Node* second =
      net.graph.append("aten::linear.default", "second",
                       {{"input", x}, {"weight", dequantize(net.graph, net.weight, {.scale = 2})}}, {f32({1, 3})});
  net.graph.add_output(*quantize(net.graph, net.linear->outputs[0]), "y");
  net.graph.add_output(*quantize(net.graph, second->outputs[0]), "z");
  ASSERT_TRUE(fold_qdq(net.graph));
  EXPECT_EQ(std::get<ir::Value*>(*net.linear->find("weight"))->type.quantization, ir::quantization(0.25, 0));
  EXPECT_EQ(std::get<ir::Value*>(*second->find("weight"))->type.quantization, ir::quantization(2, 0));
}

TEST(FoldQdq, PairsThatUndoEachOtherGoAway) {
  ir::Graph graph;
  ir::Value* first = quantize(graph, graph.add_input("x", f32({4})));
  ir::Value* same = quantize(graph, dequantize(graph, first));
  ir::Value* other = quantize(graph, dequantize(graph, same), {.scale = 0.75});
  graph.add_output(*dequantize(graph, other, {.scale = 0.75}), "y");
  ASSERT_TRUE(fold_qdq(graph));
  EXPECT_EQ(graph.nodes().size(), 4u);  // q, dq, q, dq: the other parameters requantize
  EXPECT_TRUE(graph.outputs()[0].value->producer != nullptr);
}

// One q/dq node, whose arguments contradict each other.
Status fold_with(const char* op, std::vector<ir::NamedArgument> changes, const char* left_out = "") {
  ir::Graph graph;
  ir::Value* x = graph.add_input("x", f32({2, 3}));
  ir::Value* three = graph.add_constant("three", ir::Tensor::of<double>(DType::f64, {3}, {1, 2, 3}));
  ir::Value* zeros = graph.add_constant("zeros", ir::Tensor::of<std::int64_t>(DType::i64, {3}, {0, 0, 0}));
  const bool by_channel = std::string(op).find("channel") != std::string::npos;
  std::vector<ir::NamedArgument> arguments = {
      {"input", x}, {"quant_min", std::int64_t{-128}}, {"quant_max", std::int64_t{127}}, {"dtype", DType::i8}};
  if (by_channel)
    arguments.insert(arguments.end(), {{"scales", three}, {"zero_points", zeros}, {"axis", std::int64_t{1}}});
  else
    arguments.insert(arguments.end(), {{"scale", 0.5}, {"zero_point", std::int64_t{0}}});
  for (ir::NamedArgument& change : changes) {
    std::erase_if(arguments, [&](const ir::NamedArgument& argument) { return argument.name == change.name; });
    auto* value = std::get_if<ir::Value*>(&change.value);
    if (value != nullptr) *value = x;  // a tensor that no one knows yet
    arguments.push_back(change);
  }
  std::erase_if(arguments, [&](const ir::NamedArgument& argument) { return argument.name == left_out; });
  ir::Node* node = graph.append(std::string("quantized_decomposed::") + op, "quantize", std::move(arguments),
                                {{DType::i8, {2, 3}, {}, {}}});
  node->source.file = "net.py";
  node->source.line = 7;
  graph.add_output(*node->outputs[0], "y");
  return fold_qdq(graph);
}

TEST(FoldQdq, WhatANodeCannotMeanIsAnErrorThatNamesIt) {
  ir::Value* const unknown = nullptr;
  const struct {
    const char* op;
    std::vector<ir::NamedArgument> changes;
    const char* left_out;
    const char* message;
  } rows[] = {
      {"quantize_per_tensor.default", {}, "input", "it has no input"},
      {"quantize_per_tensor.default",
       {{"scale", unknown}},
       "",
       "its scales are not constants: dynamic quantization is not supported"},
      {"quantize_per_tensor.default", {{"zero_point", unknown}}, "", "its zero points are not constants"},
      {"quantize_per_tensor.default", {{"scale", 0.0}}, "", "a scale is not above zero"},
      {"quantize_per_tensor.default", {{"scale", std::nan("")}}, "", "a scale is not above zero"},
      {"quantize_per_tensor.default", {{"zero_point", std::int64_t{1} << 40}}, "", "a zero point does not fit 32 bits"},
      {"quantize_per_tensor.default", {}, "dtype", "it names no integer type"},
      {"quantize_per_tensor.default", {{"dtype", DType::f32}}, "", "its limits do not fit its integer type"},
      {"quantize_per_tensor.default", {{"quant_max", std::int64_t{255}}}, "", "its limits do not fit its integer type"},
      {"quantize_per_channel.default",
       {{"zero_points", std::int64_t{0}}},
       "",
       "its scales and zero points differ in number"},
      {"quantize_per_channel.default", {{"axis", std::int64_t{2}}}, "", "its axis is not one of the tensor's"},
      {"quantize_per_channel.default", {{"axis", std::int64_t{0}}}, "", "it has not one scale per channel"},
  };
  for (const auto& row : rows) {
    const Status status = fold_with(row.op, row.changes, row.left_out);
    ASSERT_FALSE(status) << row.message;
    EXPECT_EQ(status.error().fault, Fault::input);
    EXPECT_NE(status.error().text().find(row.message), std::string::npos) << status.error().text();
    EXPECT_NE(
        status.error().text().find(std::string("node 'quantize' (quantized_decomposed::") + row.op + ") from net.py:7"),
        std::string::npos)
        << status.error().text();
  }
}

TEST(FoldQdq, AScaleIsOneNumber) {
  LinearNet net;
  ir::Value* y = quantize(net.graph, net.linear->outputs[0]);
  net.graph.add_output(*y, "y");
  net.graph.set_argument(*y->producer, "scale",
                         net.graph.add_constant("scales", ir::Tensor::of<double>(DType::f64, {2}, {1, 2})));
  net.graph.set_argument(*y->producer, "zero_point",
                         net.graph.add_constant("zeros", ir::Tensor::of<std::int64_t>(DType::i64, {2}, {0, 0})));
  const Status status = fold_qdq(net.graph);
  ASSERT_FALSE(status);
  EXPECT_NE(status.error().text().find("it has several scales for one tensor"), std::string::npos)
      << status.error().text();
}

TEST(FoldQdq, ABiasMustBeFiniteAndFitItsWeight) {
  const struct {
    ir::Tensor bias;
    const char* message;
  } rows[] = {
      {ir::Tensor::of<float>(DType::f32, {3}, {1, std::nanf(""), 0}), "its bias is not finite"},
      {ir::Tensor::of<float>(DType::f32, {4}, {1, 2, 3, 4}),
       "its bias and its weight differ in the number of channels"},
  };
  for (const auto& row : rows) {
    LinearNet net;
    net.graph.set_argument(*net.linear, "bias", net.graph.add_constant("odd", row.bias));
    ir::Value* scales = net.graph.add_constant("scales", ir::Tensor::of<double>(DType::f64, {3}, {1, 2, 3}));
    ir::Value* zeros = net.graph.add_constant("zeros", ir::Tensor::of<std::int64_t>(DType::i64, {3}, {0, 0, 0}));
    ir::Node* weight = net.graph.insert(net.linear, "quantized_decomposed::dequantize_per_channel.default", "weights",
                                        {{"input", net.weight},
                                         {"scales", scales},
                                         {"zero_points", zeros},
                                         {"axis", std::int64_t{0}},
                                         {"quant_min", std::int64_t{-128}},
                                         {"quant_max", std::int64_t{127}},
                                         {"dtype", DType::i8}},
                                        {f32({3, 2})});
    net.graph.set_argument(*net.linear, "weight", weight->outputs[0]);
    net.graph.add_output(*quantize(net.graph, net.linear->outputs[0]), "y");
    const Status status = fold_qdq(net.graph);
    ASSERT_FALSE(status) << row.message;
    EXPECT_NE(status.error().text().find(row.message), std::string::npos) << status.error().text();
    EXPECT_NE(status.error().text().find("node 'linear' (aten::linear.default)"), std::string::npos)
        << status.error().text();
  }
}

TEST(FoldConstants, AConstantThatIsNotFiniteIsNamed) {
  ir::Graph graph;
  ir::Value* w = graph.add_constant("w", ir::Tensor::of<float>(DType::f32, {2}, {1, std::nanf("")}), "fc.weight");
  graph.add_output(*dequantize(graph, quantize(graph, w)), "y");
  const Status status = quantize_constants(graph);
  ASSERT_FALSE(status);
  EXPECT_NE(status.error().text().find("the constant 'fc.weight' is not finite"), std::string::npos)
      << status.error().text();
}

TEST(FoldConstants, RealWeightsThatAreQuantizedBecomeIntegers) {
  ir::Graph graph;
  ir::Value* w = graph.add_constant("w", ir::Tensor::of<float>(DType::f32, {3}, {0.5f, -1.0f, 1000.0f}));
  graph.add_output(*dequantize(graph, quantize(graph, w)), "y");
  ASSERT_TRUE(quantize_constants(graph));
  EXPECT_EQ(graph.nodes().size(), 1u);
  const ir::Value* integers = ir::input_values(*graph.nodes().front())[0];
  ASSERT_EQ(integers->type.dtype, DType::i8);
  EXPECT_EQ(integers->data.data<std::int8_t>()[1], -2);
  EXPECT_EQ(integers->data.data<std::int8_t>()[2], 127);
  ASSERT_TRUE(dequantize_constants(graph));
  EXPECT_TRUE(graph.nodes().empty());
  EXPECT_EQ(graph.outputs()[0].value->data.data<float>()[2], 63.5f);
}

}  // namespace
}  // namespace cortado::compiler
