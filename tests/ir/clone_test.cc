#include "ir/clone.h"

#include <gtest/gtest.h>

#include <utility>

#include "ir/text.h"

namespace cortado::ir {
namespace {

Type f32(Shape shape) { return {DType::f32, std::move(shape), {}, {}}; }

// A state, a list of values, a renamed value, a quantized one.
Graph example() {
  Graph graph;
  graph.add_constant("unused", Tensor(DType::f32, {1}));
  graph.add_input("second", f32({1}));
  Value* x = graph.add_input("x", f32({2}));
  std::swap(graph.inputs[0], graph.inputs[1]);
  Value* state = graph.add_state("state", Tensor(DType::f32, {2}));
  Node* sum = graph.append("aten::add.Tensor", "sum", {{"self", x}, {"other", state}}, {f32({2})});
  graph.rename(*sum->outputs[0], "total");
  Value* w = graph.add_constant("w", Tensor::of<float>(DType::f32, {2}, {1, 2}), "module.w");
  Node* cat = graph.append("aten::cat.default", "cat",
                           {{"tensors", ValueList{sum->outputs[0], w}}, {"dim", std::int64_t{0}}}, {f32({4})});
  cat->outputs[0]->type.quantization = quantization(0.5, 3);
  graph.add_output(*cat->outputs[0], "y");
  graph.add_mutation(*state, *sum->outputs[0]);
  return graph;
}

TEST(Clone, IsTheSameGraph) {
  const Graph graph = example();
  const Graph twin = clone(graph);
  EXPECT_EQ(to_text(twin), to_text(graph));
  EXPECT_EQ((*twin.nodes().begin())->name, "sum");
  for (std::size_t i = 0; i < 2; ++i) EXPECT_EQ(twin.inputs[i]->name, graph.inputs[i]->name);
  std::size_t place = 0;
  for (const auto& value : twin.values())
    if (value->kind != ValueKind::result) {
      while (graph.values()[place]->kind == ValueKind::result) ++place;
      EXPECT_EQ(value->name, graph.values()[place++]->name);
    }
}

TEST(Clone, GoesItsOwnWay) {
  const Graph graph = example();
  const std::string before = to_text(graph);
  Graph twin = clone(graph);
  for (const auto& value : twin.values())
    if (value->kind == ValueKind::constant) value->data.mutable_data<float>()[0] = 7;
  twin.rename(*twin.inputs[0], "z");
  EXPECT_NE(to_text(twin), before);
  EXPECT_EQ(to_text(graph), before);
  for (const auto& value : graph.values())
    if (value->name == "w") {
      EXPECT_EQ(value->data.as_double(0), 1);
    }
}

}  // namespace
}  // namespace cortado::ir
