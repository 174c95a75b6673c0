#include "ir/text.h"

#include <gtest/gtest.h>

#include <cmath>
#include <cstring>
#include <limits>

#include "ir/verify.h"
#include "tests/ir/f32.h"

namespace cortado::ir {
namespace {

// Every kind of value, argument and end.
Graph everything() {
  Graph graph;
  graph.method_name = "forward";
  graph.input_spec = R"([1, {"type": "builtins.tuple"}])";
  Value* x = graph.add_input("x", {DType::f32, {1, 2, 3, 4}, {0, 2, 3, 1}, {}});
  Value* weight = graph.add_constant("w", Tensor::of<std::int8_t>(DType::i8, {2, 2}, {-128, 0, 1, 127}), "conv.weight");
  weight->type.quantization = Quantization{{0.1, 1.0 / 3}, {0, -5}, 0, -127, 127};
  const float inf = std::numeric_limits<float>::infinity();
  Value* floats = graph.add_constant("floats", Tensor::of<float>(DType::f32, {4}, {0.1f, -inf, 1e-45f, 3.4028235e38f}));
  Value* nan = graph.add_constant("nan", Tensor::of<double>(DType::f64, {1}, {std::nan("7")}));
  graph.add_constant("half", Tensor::of<std::uint16_t>(DType::f16, {2}, {0x3c00, 0xfe01}));
  Value* state = graph.add_state("odd name \"\n", Tensor::of<std::int64_t>(DType::i64, {}, {INT64_MIN}), "count");
  Value* scratch = graph.add_scratch("s", 128);
  Node* every = graph.append("aten::every.default", "every",
                             {{"none", {}},
                              {"value", x},
                              {"values", ValueList{x, nullptr, weight}},
                              {"no_values", ValueList{}},
                              {"truth", true},
                              {"whole", std::int64_t{-3}},
                              {"number", 3.0},
                              {"tiny", 5e-324},
                              {"infinite", -HUGE_VAL},
                              {"text", std::string("a \"b\"\\\n")},
                              {"wholes", std::vector<std::int64_t>{1, -2}},
                              {"no_wholes", std::vector<std::int64_t>{}},
                              {"numbers", std::vector<double>{0.5, 2}},
                              {"no_numbers", std::vector<double>{}},
                              {"truths", std::vector<bool>{true, false}},
                              {"no_truths", std::vector<bool>{}},
                              {"dtype", DType::boolean},
                              {"scratch", scratch},
                              {"floats", floats},
                              {"nan", nan}},
                             {{DType::i8, {1}, {}, quantization(0.1, 3)}, f32({})},
                             {"net.py", 31, "x = self.conv(x)  # \"why\"", "features.0", "{}"});
  Node* no_result =
      graph.append("aten::check.default", "check", {{"self", every->outputs[1]}}, {}, {"", 0, "", "m", ""});
  no_result->name = "check";
  graph.rename(*every->outputs[1], "x_1");
  graph.add_mutation(*state, *state);
  graph.add_output(*every->outputs[0], "y 0");
  graph.add_output(*every->outputs[0], "");
  return graph;
}

TEST(Text, TheTextOfTheParsedTextIsTheText) {
  const Graph graph = everything();
  ASSERT_TRUE(verify(graph)) << verify(graph).error().text();
  const std::string text = to_text(graph, {.data = true});
  const auto parsed = parse_text(text);
  ASSERT_TRUE(parsed) << parsed.error().text() << "\n" << text;
  EXPECT_TRUE(verify(parsed.value()));
  EXPECT_EQ(to_text(parsed.value(), {.data = true}), text);
}

TEST(Text, NothingIsLost) {
  const Graph graph = everything();
  const auto parsed = parse_text(to_text(graph, {.data = true}));
  ASSERT_TRUE(parsed) << parsed.error().text();
  const Graph& copy = parsed.value();
  EXPECT_EQ(copy.input_spec, graph.input_spec);
  ASSERT_EQ(copy.values().size(), graph.values().size());
  for (std::size_t i = 0; i < graph.values().size(); ++i) {
    const Value& a = *graph.values()[i];
    const Value& b = *copy.values()[i];
    EXPECT_EQ(a.name, b.name);
    EXPECT_EQ(a.kind, b.kind);
    EXPECT_EQ(a.type, b.type) << a.name;
    EXPECT_EQ(a.source_name, b.source_name);
    EXPECT_TRUE(std::ranges::equal(a.data.bytes(), b.data.bytes())) << a.name;
  }
  const Node& a = *graph.nodes().front();
  const Node& b = *copy.nodes().front();
  EXPECT_EQ(a.op, b.op);
  EXPECT_EQ(a.source.text(), b.source.text());
  ASSERT_EQ(a.arguments.size(), b.arguments.size());
  for (std::size_t i = 0; i < a.arguments.size(); ++i) {
    EXPECT_EQ(a.arguments[i].name, b.arguments[i].name);
    EXPECT_EQ(a.arguments[i].value.index(), b.arguments[i].value.index()) << a.arguments[i].name;
  }
  EXPECT_EQ(*std::get_if<double>(b.find("tiny")), 5e-324);
  EXPECT_EQ(*std::get_if<std::string>(b.find("text")), "a \"b\"\\\n");
}

TEST(Text, OneLineANode) {
  Graph graph;
  Value* x = graph.add_input("x", f32({1, 4}));
  Value* w = graph.add_constant("w", Tensor(DType::f32, {8, 4}), "fc.weight");
  Node* node = graph.append("aten::linear.default", "linear", {{"input", x}, {"weight", w}, {"bias", {}}},
                            {f32({1, 8})}, {"net.py", 31, "x = self.fc(x)", "fc", ""});
  graph.add_output(*node->outputs[0], "y");
  EXPECT_EQ(to_text(graph),
            "graph \"forward\"\n"
            "input %x : f32[1, 4]\n"
            "constant %w \"fc.weight\" : f32[8, 4] = #" +
                to_text(graph).substr(to_text(graph).find('#') + 1, 16) +
                "\n"
                "%linear : f32[1, 8] = aten::linear.default(input=%x, weight=%w, bias=none)"
                " from \"net.py\" 31 \"x = self.fc(x)\" in \"fc\"\n"
                "output %linear \"y\"\n");
  EXPECT_EQ(to_text(graph, {.sources = false}).find("net.py"), std::string::npos);
}

TEST(Text, TheHashTellsContentsApart) {
  const auto text_for = [](float last) {
    Graph graph;
    graph.add_constant("w", Tensor::of<float>(DType::f32, {3}, {1, 2, last}));
    return to_text(graph);
  };
  EXPECT_EQ(text_for(3), text_for(3));
  EXPECT_NE(text_for(3), text_for(4));
}

TEST(Text, ErrorsNameTheLine) {
  const struct {
    const char* text;
    const char* part;
  } cases[] = {
      {"", "line 1"},
      {"graph \"f\"\ninput %x : f33[1]\n", "line 2"},
      {"graph \"f\"\n\ninput %x : f32[-1]\n", "line 3"},
      {"graph \"f\"\ninput %x : f32[4611686018427387904, 4]\n", "shape"},
      {"graph \"f\"\ninput %x : f32[1]\ninput %x : f32[1]\n", "'x'"},
      {"graph \"f\"\noutput %y \"y\"\n", "'y'"},
      {"graph \"f\"\nconstant %w : f32[2] = #0123456789abcdef\n", "data"},
      {"graph \"f\"\nconstant %w : f32[2] = [1, 2, 3]\n", "2"},
      {"graph \"f\"\nconstant %w : f32[2] = [1]\n", "2 numbers"},
      {"graph \"f\"\nconstant %w : i8[1] = [200]\n", "fits"},
      {"graph \"f\"\nconstant %w : f16[1] = bytes 00\n", "bytes"},
      {"graph \"f\"\n%y : f32[1] = aten::f(x=[1, 2.5])\n", "one kind"},
      {"graph \"f\"\n%y : f32[1] = aten::f(x=maybe)\n", "maybe"},
      {"graph \"f\"\n%y : f32[1] = aten::f(x=\"open)\n", "quotes"},
      {"graph \"f\"\n%y : f32[1] = aten::f() and more\n", "end of the line"},
      {"graph \"f\"\n%y : f32[1], %y : f32[1] = aten::f()\n", "'y'"},
  };
  for (const auto& c : cases) {
    const auto graph = parse_text(c.text);
    ASSERT_FALSE(graph) << c.text;
    EXPECT_EQ(graph.error().fault, Fault::input);
    EXPECT_NE(graph.error().message.find(c.part), std::string::npos) << c.text << graph.error().text();
  }
}

// Whatever is still a graph after damage prints and parses to itself.
TEST(Text, DamageGivesAnErrorOrAnotherGraph) {
  const std::string text = to_text(everything(), {.data = true});
  std::uint32_t random = 1;
  for (int i = 0; i < 3000; ++i) {
    std::string damaged = text;
    for (int change = 0; change < 3; ++change) {
      random = random * 1664525u + 1013904223u;
      damaged[(random >> 8) % damaged.size()] = " \"%[](),=#\n09af"[(random >> 4) % 15];
    }
    const auto graph = parse_text(damaged);
    if (!graph) continue;
    const std::string again = to_text(graph.value(), {.data = true});
    const auto twice = parse_text(again);
    ASSERT_TRUE(twice) << twice.error().text() << "\n" << again;
    EXPECT_EQ(to_text(twice.value(), {.data = true}), again);
  }
}

}  // namespace
}  // namespace cortado::ir
