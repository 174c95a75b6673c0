// Quantized graphs of graphs/*.txt: the program that compile() makes gives what the graph means, in int8 where
// operators have it and in float where the graph leaves them so.
#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

#include "compiler/compile.h"
#include "compiler/interpret/interpreter.h"
#include "ir/text.h"
#include "ir/verify.h"
#include "ops/cases.h"
#include "runtime/host/session.h"

namespace cortado::compiler {
namespace {

struct Quantized {
  const char* name;
  double largest_difference;  // a step of the output's scale where requantization may round otherwise
  int float_operators;        // that must remain
};

constexpr Quantized quantized_graphs[] = {
    {"transposed_grouped_dilated", 0.2501, 0},
    {"comparisons", 0, 0},
    {"maxima_and_neighbours", 0.0626, 0},
    {"operands_of_other_scales", 0.0626, 0},
    {"layers_in_float", 1e-4, 16},
    {"norms_and_gates_in_float", 1e-5, 13},
    {"pools_and_sizes_in_float", 1e-5, 14},
    {"functions_in_pieces", 1e-5, 11},
};

ir::Graph graph_of(const char* name) {
  std::ifstream stream(std::string(CORTADO_SOURCE_DIR) + "/tests/compiler/compile/graphs/" + name + ".txt");
  std::stringstream text;
  text << stream.rdbuf();
  auto graph = ir::parse_text(text.str());
  EXPECT_TRUE(graph) << graph.error().text();
  return graph ? std::move(graph).value() : ir::Graph();
}

ir::Tensor random_tensor(const ir::Type& type, ops::Random& random) {
  ir::Tensor tensor(type.dtype, type.shape);
  for (std::int64_t i = 0; i < tensor.elements(); ++i) tensor.mutable_data<float>()[i] = random.unit() * 12 - 6;
  return tensor;
}

class QuantizedGraphs : public ::testing::TestWithParam<Quantized> {};

TEST_P(QuantizedGraphs, TheProgramGivesWhatTheGraphMeans) {
  const ir::Graph graph = graph_of(GetParam().name);
  ASSERT_TRUE(ir::verify(graph)) << ir::verify(graph).error().text();
  const auto compiled = compile(graph_of(GetParam().name), {}, {});
  ASSERT_TRUE(compiled) << compiled.error().text();
  EXPECT_EQ(compiled.value().report.float_operators.size(), static_cast<std::size_t>(GetParam().float_operators));
  auto session = runtime::Session::load(compiled.value().bytes, "test.pte");
  ASSERT_TRUE(session) << session.error().text();
  for (std::uint64_t seed = 0; seed < 20; ++seed) {
    ops::Random random(seed);
    std::vector<ir::Tensor> inputs;
    for (const ir::Value* input : graph.inputs) inputs.push_back(random_tensor(input->type, random));
    const auto meant = interpret(graph, inputs);
    ASSERT_TRUE(meant) << meant.error().text();
    const auto outputs = session.value().run(inputs);
    ASSERT_TRUE(outputs) << outputs.error().text();
    ASSERT_EQ(outputs.value().size(), meant.value().size());
    for (std::size_t o = 0; o < meant.value().size(); ++o)
      for (std::int64_t i = 0; i < meant.value()[o].elements(); ++i)
        ASSERT_NEAR(outputs.value()[o].as_double(i), meant.value()[o].as_double(i), GetParam().largest_difference)
            << "output " << o << ", element " << i;
  }
}

INSTANTIATE_TEST_SUITE_P(All, QuantizedGraphs, ::testing::ValuesIn(quantized_graphs),
                         [](const auto& entry) { return std::string(entry.param.name); });

TEST(FloatOperators, AreListedWithReasonAndCostAndRefusedOnRequest) {
  const auto compiled = compile(graph_of("norms_and_gates_in_float"), {}, {});
  ASSERT_TRUE(compiled) << compiled.error().text();
  const std::vector<FloatOperator>& list = compiled.value().report.float_operators;
  ASSERT_FALSE(list.empty());
  EXPECT_NE(to_text(list[0]).find(" numbers in float"), std::string::npos) << to_text(list[0]);
  EXPECT_GT(list[0].elements, 0);
  EXPECT_FALSE(list[0].reason.empty());

  CompileOptions options;
  options.require_int8 = true;
  const auto refused = compile(graph_of("norms_and_gates_in_float"), {}, options);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().fault, Fault::input);
  EXPECT_NE(refused.error().text().find(to_text(list[0])), std::string::npos) << refused.error().text();
  EXPECT_NE(refused.error().text().find(" operators would compute in float:"), std::string::npos)
      << refused.error().text();

  for (const FloatOperator& node : list) options.keep_float.insert(node.node);
  EXPECT_TRUE(compile(graph_of("norms_and_gates_in_float"), {}, options));
}

// Forms of quantization that no kernel computes, and what the user reads.
TEST(Refusals, NameQuantizationThatActivationsCannotHave) {
  const std::string start = R"(graph "forward"
input %x : f32[1, 2, 2]
constant %scales : f64[2] = [0.5, 0.25]
constant %zeros : i64[2] = [0, 0]
input %scale : f64[1]
input %zero : i64[1]
)";
  const std::pair<const char*, const char*> rows[] = {
      {"%y : i8[1, 2, 2] = quantized_decomposed::quantize_per_channel.default(input=%x, scales=%scales, "
       "zero_points=%zeros, axis=1, quant_min=-128, quant_max=127, dtype=i8)",
       "activations have one scale: a scale per channel is for weights"},
      {"%y : i8[1, 2, 2] = quantized_decomposed::quantize_per_tensor.tensor(input=%x, scale=%scale, zero_point=%zero, "
       "quant_min=-128, quant_max=127, dtype=i8)",
       "dynamic quantization is not supported"},
  };
  for (const auto& [node, expected] : rows) {
    auto graph = ir::parse_text(start + node + "\noutput %y \"y\"\n");
    ASSERT_TRUE(graph) << graph.error().text();
    const auto compiled = compile(std::move(graph).value(), {}, {});
    ASSERT_FALSE(compiled);
    EXPECT_EQ(compiled.error().fault, Fault::input);
    EXPECT_NE(compiled.error().text().find(expected), std::string::npos) << compiled.error().text();
    EXPECT_NE(compiled.error().text().find("node 'y'"), std::string::npos) << compiled.error().text();
  }
}

}  // namespace
}  // namespace cortado::compiler
