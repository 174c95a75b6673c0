// compile() from a q/dq graph to a program that runs.
#include "compiler/compile.h"

#include <gtest/gtest.h>

#include <cmath>
#include <fstream>
#include <sstream>

#include "compiler/interpret/interpreter.h"
#include "compiler/target.h"
#include "ir/text.h"
#include "ops/cases.h"
#include "runtime/host/session.h"

namespace cortado::compiler {
namespace {

std::string text_of(const char* name) {
  std::ifstream stream(std::string(CORTADO_SOURCE_DIR) + "/tests/compiler/passes/" + name);
  std::stringstream text;
  text << stream.rdbuf();
  return text.str();
}

ir::Graph qdq_graph() {
  auto graph = ir::parse_text(text_of("fold_qdq.before.txt"));
  EXPECT_TRUE(graph) << graph.error().text();
  return std::move(graph).value();
}

Result<Compiled> compile_with(const CompileOptions& options) { return compile(qdq_graph(), {}, options); }

std::vector<ir::Tensor> run(const Compiled& compiled, const ir::Tensor& input) {
  auto session = runtime::Session::load(compiled.bytes, "test.pte");
  EXPECT_TRUE(session) << session.error().text();
  auto outputs = session.value().run({input});
  EXPECT_TRUE(outputs) << outputs.error().text();
  return std::move(outputs).value();
}

ir::Tensor random_image(std::uint64_t seed) {
  ops::Random random(seed);
  ir::Tensor image(DType::f32, {1, 2, 3, 3});
  for (std::int64_t i = 0; i < image.elements(); ++i) image.mutable_data<float>()[i] = random.unit() * 12 - 6;
  return image;
}

int calls(const Compiled& compiled, std::string_view op) {
  int count = 0;
  for (const auto& node : compiled.graph.nodes()) count += node->op == op;
  return count;
}

TEST(Compile, TheProgramComputesWhatTheGraphMeans) {
  const auto compiled = compile_with({});
  ASSERT_TRUE(compiled) << compiled.error().text();
  const ir::Graph graph = qdq_graph();
  for (std::uint64_t seed = 0; seed < 20; ++seed) {
    const ir::Tensor image = random_image(seed);
    const auto ours = run(compiled.value(), image);
    const auto meant = interpret(graph, {image});
    ASSERT_TRUE(meant);
    for (std::size_t o = 0; o < ours.size(); ++o) {
      ASSERT_EQ(ours[o].shape(), meant.value()[o].shape());
      for (std::int64_t i = 0; i < ours[o].elements(); ++i)
        EXPECT_NEAR(ours[o].data<float>()[i], meant.value()[o].data<float>()[i], 0.03126) << "one step";
    }
  }
}

TEST(Compile, ExplicitLayoutGivesTheSameBits) {
  const auto plain = compile_with({});
  const auto spelled_out = compile_with({.explicit_layout = true});
  ASSERT_TRUE(plain && spelled_out) << spelled_out.error().text();
  EXPECT_EQ(calls(plain.value(), "cortex_m::quantized_conv2d.out"), 1);
  EXPECT_EQ(calls(spelled_out.value(), "cortex_m::quantized_conv2d_nhwc.out"), 1);
  EXPECT_EQ(calls(spelled_out.value(), "cortex_m::transpose.out"), 2);
  for (const auto& value : spelled_out.value().graph.values())
    EXPECT_TRUE(value->type.dim_order.empty()) << value->name;
  const ir::Tensor image = random_image(7);
  const auto a = run(plain.value(), image);
  const auto b = run(spelled_out.value(), image);
  for (std::size_t o = 0; o < a.size(); ++o) EXPECT_TRUE(std::ranges::equal(a[o].bytes(), b[o].bytes()));
}

TEST(Compile, EveryCoreGetsAProgramWithTheSameResults) {
  const ir::Tensor image = random_image(3);
  const auto reference = compile_with({});
  ASSERT_TRUE(reference);
  const auto expected = run(reference.value(), image);
  for (std::string_view name : target_names()) {
    const auto compiled = compile_with({.target = parse_target(name).value()});
    ASSERT_TRUE(compiled) << name;
    EXPECT_TRUE(std::ranges::equal(run(compiled.value(), image)[0].bytes(), expected[0].bytes())) << name;
  }
}

TEST(Compile, AnArenaAboveTheLimitIsAnError) {
  const auto compiled = compile_with({.arena_limit_bytes = 64});
  ASSERT_FALSE(compiled);
  EXPECT_EQ(compiled.error().fault, Fault::input);
  EXPECT_EQ(compiled.error().message, "the model needs an arena of 192 bytes, the limit is 64");
}

TEST(Compile, AnUnknownPassToStopAfterIsTheCommandLinesFault) {
  const auto compiled = compile_with({.stop_after = "optimise_everything"});
  ASSERT_FALSE(compiled);
  EXPECT_EQ(compiled.error().fault, Fault::usage);
  EXPECT_EQ(compiled.error().message, "there is no pass 'optimise_everything'");
  EXPECT_NE(compiled.error().hint.find("fold_qdq"), std::string::npos);
}

TEST(Compile, PassesAreObservedAndCanBeStopped) {
  std::vector<std::string> seen;
  CompileOptions options;
  options.stop_after = "fold_qdq";
  options.observe = [&](std::string_view pass, const ir::Graph&) { seen.emplace_back(pass); };
  const auto compiled = compile_with(options);
  ASSERT_TRUE(compiled);
  EXPECT_EQ(seen.front(), "import");
  EXPECT_EQ(seen.back(), "fold_qdq");
  EXPECT_TRUE(compiled.value().bytes.empty());
}

TEST(Compile, AnOperatorWithoutAKernelIsRefusedWithNodeAndSource) {
  ir::Graph graph = qdq_graph();
  ir::Value* y = graph.outputs()[0].value;
  ir::Node* node = graph.append("aten::special_bessel_j1.default", "bessel", {{"self", y}}, {y->type},
                                {"net.py", 12, "return bessel_j1(x)", "head", {}});
  graph.set_output(0, *node->outputs[0]);
  const auto compiled = compile(std::move(graph), {}, {});
  ASSERT_FALSE(compiled);
  EXPECT_EQ(compiled.error().fault, Fault::input);
  for (const char* part : {"bessel", "aten::special_bessel_j1.default", "net.py:12", "return bessel_j1(x)"})
    EXPECT_NE(compiled.error().message.find(part), std::string::npos) << part << " in " << compiled.error().message;
}

}  // namespace
}  // namespace cortado::compiler
