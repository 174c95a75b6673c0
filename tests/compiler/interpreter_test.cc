#include "compiler/interpret/interpreter.h"

#include <gtest/gtest.h>

#include "ir/text.h"

namespace cortado::compiler {
namespace {

ir::Type f32(ir::Shape shape) { return {DType::f32, std::move(shape), {}, {}}; }
ir::Tensor tensor(ir::Shape shape, std::vector<float> values) {
  return ir::Tensor::of<float>(DType::f32, std::move(shape), values);
}

// y = x · wᵀ with w 2×2, and the buffer takes y.
ir::Graph linear_with_state() {
  ir::Graph graph;
  ir::Value* x = graph.add_input("x", f32({1, 2}));
  ir::Value* w = graph.add_constant("w", tensor({2, 2}, {1, 2, 3, 4}));
  ir::Value* buffer = graph.add_state("buffer", tensor({1, 2}, {0, 0}));
  ir::Node* y = graph.append("aten::linear.default", "y", {{"input", x}, {"weight", w}}, {f32({1, 2})});
  graph.add_output(*y->outputs[0], "y");
  graph.add_output(*buffer, "before");
  graph.add_mutation(*buffer, *y->outputs[0]);
  return graph;
}

TEST(Interpreter, ObservesInputsStatesAndResultsInOrder) {
  const ir::Graph graph = linear_with_state();
  std::vector<std::string> names;
  const auto result = interpret(graph, {tensor({1, 2}, {1, 10})},
                                [&](const ir::Value& value, const ir::Tensor&) { names.push_back(value.name); });
  ASSERT_TRUE(result) << result.error().text();
  EXPECT_EQ(result.value()[0].data<float>()[0], 21.0f);
  EXPECT_EQ(result.value()[0].data<float>()[1], 43.0f);
  EXPECT_EQ(names, (std::vector<std::string>{"x", "buffer", "y"}));
}

TEST(Interpreter, StateLastsUntilReset) {
  const ir::Graph graph = linear_with_state();
  auto session = Session::create(graph);
  ASSERT_TRUE(session);
  const auto before = [&] { return session.value().run({tensor({1, 2}, {1, 0})}).value()[1].data<float>()[0]; };
  EXPECT_EQ(before(), 0.0f);
  EXPECT_EQ(before(), 1.0f);
  session.value().reset();
  EXPECT_EQ(before(), 0.0f);
}

TEST(Interpreter, TypedValuesAreRoundedToTheirParameters) {
  ir::Graph graph;
  ir::Type in{DType::i8, {1, 2}, {}, ir::quantization(0.5, 1)};
  ir::Type out{DType::i8, {1, 1}, {}, ir::quantization(1.0, -3)};
  ir::Value* x = graph.add_input("x", in);
  ir::Value* w = graph.add_constant("w", tensor({1, 2}, {1, 1}));
  ir::Node* y = graph.append("aten::linear.default", "y", {{"input", x}, {"weight", w}}, {out});
  graph.add_output(*y->outputs[0], "y");
  // 0.5·(4 − 1) + 0.5·(3 − 1) = 2.5 → 2 (half to even) − 3
  const auto result = interpret(graph, {ir::Tensor::of<std::int8_t>(DType::i8, {1, 2}, {4, 3})});
  ASSERT_TRUE(result) << result.error().text();
  EXPECT_EQ(result.value()[0].data<std::int8_t>()[0], -1);
}

TEST(Interpreter, ErrorsNameNodeOperatorAndSource) {
  ir::Graph graph;
  ir::Value* x = graph.add_input("x", f32({1}));
  graph.append("aten::no_such.default", "n", {{"self", x}}, {f32({1})}, {"net.py", 7, "n(x)", "block.n"});
  const auto session = Session::create(graph);
  ASSERT_FALSE(session);
  EXPECT_EQ(session.error().fault, Fault::input);
  EXPECT_EQ(session.error().message,
            "node 'n' (aten::no_such.default) from net.py:7: n(x) (in block.n): this operator is not supported");
}

TEST(Interpreter, DeclaredTypesThatTheOperatorDoesNotMakeAreRefused) {
  ir::Graph graph;
  ir::Value* x = graph.add_input("x", f32({1, 2}));
  ir::Value* w = graph.add_constant("w", tensor({1, 2}, {1, 1}));
  graph.append("aten::linear.default", "y", {{"input", x}, {"weight", w}}, {f32({1, 5})});
  const auto session = Session::create(graph);
  ASSERT_FALSE(session);
  EXPECT_EQ(session.error().message,
            "node 'y' (aten::linear.default): output 0 is declared f32[1, 5], but the operator makes f32[1, 1]");
}

TEST(Interpreter, AnotherNumberOfResultsThanTheOperatorMakesIsRefused) {
  ir::Graph graph;
  ir::Value* x = graph.add_input("x", f32({1, 2}));
  graph.append("aten::relu.default", "y", {{"self", x}}, {f32({1, 2}), f32({1, 2})});
  const auto session = Session::create(graph);
  ASSERT_FALSE(session);
  EXPECT_EQ(session.error().message, "node 'y' (aten::relu.default): it has 2 outputs, the operator makes 1");
}

TEST(Interpreter, IndicesAndValuesThatDoNotFitAreRefused) {
  const std::pair<const char*, const char*> rows[] = {
      {"aten::index_fill.int_Tensor(self=%x, dim=0, index=%i, value=%v)",
       "the values do not stretch to the place they are put"},
      {"aten::index_select.default(self=%x, dim=0, index=%far)", "index 9 is outside a dimension of size 4"},
  };
  for (const auto& [call, message] : rows) {
    const std::string type = std::string(call).find("select") != std::string::npos ? "f32[1]" : "f32[4]";
    const auto graph = ir::parse_text(
        "graph \"forward\"\ninput %x : f32[4]\nconstant %i : i64[1] = [1]\nconstant %far : i64[1] = [9]\n"
        "constant %v : f32[3] = [1.0, 2.0, 3.0]\n%y : " +
        type + " = " + call + "\noutput %y \"y\"\n");
    ASSERT_TRUE(graph) << graph.error().text();
    const auto outputs = interpret(graph.value(), {tensor({4}, {1, 2, 3, 4})});
    ASSERT_FALSE(outputs) << call;
    EXPECT_NE(outputs.error().message.find(message), std::string::npos) << outputs.error().message;
    EXPECT_NE(outputs.error().message.find("node 'y' ("), std::string::npos) << outputs.error().message;
  }
}

TEST(Interpreter, InputsOfTheWrongShapeAreRefused) {
  const ir::Graph graph = linear_with_state();
  const auto wide = interpret(graph, {tensor({2, 2}, {1, 2, 3, 4})});
  ASSERT_FALSE(wide);
  EXPECT_NE(wide.error().message.find("input 'x' must be f32[1, 2], not f32[2, 2]"), std::string::npos)
      << wide.error().message;
  const auto none = interpret(graph, {});
  ASSERT_FALSE(none);
  EXPECT_EQ(none.error().message, "the model takes 1 inputs, 0 are given");
}

}  // namespace
}  // namespace cortado::compiler
