#include "compiler/calibrate/layer_columns.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "compiler/interpret/interpreter.h"
#include "tests/calibrate/noise.h"

namespace cortado::compiler {
namespace {

using testing::f32;
using testing::noise;
using Sizes = std::vector<std::int64_t>;

ir::Graph convolution(ir::Shape x, ir::Shape w, ir::Shape y, Sizes stride, Sizes padding, Sizes dilation,
                      std::int64_t groups) {
  ir::Graph graph;
  ir::Value* input = graph.add_input("x", f32(std::move(x)));
  ir::Value* weight = graph.add_constant("w", noise(std::move(w), 2));
  const ir::Node* node = graph.append("aten::conv2d.default", "conv",
                                      {{"input", input},
                                       {"weight", weight},
                                       {"bias", ir::None()},
                                       {"stride", std::move(stride)},
                                       {"padding", std::move(padding)},
                                       {"dilation", std::move(dilation)},
                                       {"groups", groups}},
                                      {f32(std::move(y))});
  graph.add_output(*node->outputs[0], "y");
  return graph;
}

// Weights times columns are outputs of the layer: each is somewhere among them.
void expect_columns_give_outputs(const ir::Graph& graph) {
  const ir::Node& node = **graph.nodes().begin();
  const auto layer = layer_columns(node);
  ASSERT_TRUE(layer);
  const ir::Tensor x = noise(layer->input->type.shape, 1);
  const ir::Tensor y = interpret(graph, {x}).value()[0];
  std::vector<float> columns;
  const std::int64_t positions = gather_columns(*layer, x, 3, 4, columns);
  ASSERT_GE(positions, 2);
  ASSERT_EQ(columns.size(), static_cast<std::size_t>(layer->groups * layer->taps * positions));
  const std::int64_t rows = layer->rows(), each = rows / layer->groups;
  for (std::int64_t row = 0; row < rows; ++row)
    for (std::int64_t p = 0; p < positions; ++p) {
      double sum = 0;
      for (std::int64_t k = 0; k < layer->taps; ++k)
        sum += layer->weight->data.as_double(row * layer->taps + k) *
               static_cast<double>(columns[static_cast<std::size_t>(((row / each) * layer->taps + k) * positions + p)]);
      double nearest = 1e9;
      for (std::int64_t i = 0; i < y.elements(); ++i) nearest = std::min(nearest, std::fabs(y.as_double(i) - sum));
      EXPECT_LT(nearest, 1e-4) << "row " << row << ", column " << p;
    }
}

TEST(LayerColumns, AreWhatTheWeightsMeet) {
  expect_columns_give_outputs(convolution({1, 4, 7, 9}, {6, 4, 3, 2}, {1, 6, 4, 7}, {2, 1}, {1, 0}, {1, 2}, 1));
  expect_columns_give_outputs(convolution({2, 4, 6, 6}, {8, 1, 3, 3}, {2, 8, 6, 6}, {1, 1}, {1, 1}, {1, 1}, 4));
}

TEST(LayerColumns, OfALinearLayerAreTheRowsOfItsInput) {
  ir::Graph graph;
  ir::Value* x = graph.add_input("x", f32({3, 5}));
  ir::Value* w = graph.add_constant("w", noise({4, 5}, 2));
  graph.add_output(
      *graph.append("aten::linear.default", "linear", {{"input", x}, {"weight", w}}, {f32({3, 4})})->outputs[0], "y");
  expect_columns_give_outputs(graph);
}

TEST(LayerColumns, TurnThroughAllPositions) {
  const ir::Graph graph = convolution({1, 1, 32, 32}, {1, 1, 1, 1}, {1, 1, 32, 32}, {1, 1}, {0, 0}, {1, 1}, 1);
  const auto layer = layer_columns(**graph.nodes().begin());
  ASSERT_TRUE(layer);
  ir::Tensor x(DType::f32, {1, 1, 32, 32});
  for (int i = 0; i < 1024; ++i) x.mutable_data<float>()[i] = static_cast<float>(i);
  std::vector<bool> seen(1024);
  std::vector<float> columns;
  for (std::size_t sample = 0; sample < 17; ++sample) {
    EXPECT_NEAR(static_cast<double>(gather_columns(*layer, x, sample, 4, columns)), 60, 1);
    for (const float position : columns) seen[static_cast<std::size_t>(position)] = true;
  }
  EXPECT_EQ(std::count(seen.begin(), seen.end(), true), 1024);
}

TEST(LayerColumns, OthersHaveNone) {
  ir::Graph graph;
  ir::Value* x = graph.add_input("x", f32({1, 2, 4, 4}));
  EXPECT_FALSE(layer_columns(*graph.append("aten::relu.default", "relu", {{"self", x}}, {f32({1, 2, 4, 4})})));
}

}  // namespace
}  // namespace cortado::compiler
