// Golden tests of passes: NAME.before.txt is a graph, NAME.after.txt what the pass makes of it. Both are run on the
// same numbers and must give the same results. CORTADO_UPDATE_GOLDEN=1 writes the after files.
#include "compiler/normalise/passes.h"

#include <gtest/gtest.h>

#include <cmath>
#include <cstdlib>
#include <fstream>
#include <sstream>

#include "compiler/fold_qdq/decompose_hardswish.h"
#include "compiler/fold_qdq/fold_qdq.h"
#include "compiler/interpret/interpreter.h"
#include "compiler/lower/assign_layout.h"
#include "compiler/lower/fuse_activations.h"
#include "ir/text.h"
#include "ir/verify.h"
#include "ops/cases.h"

namespace cortado::compiler {
namespace {

struct Golden {
  const char* name;
  Status (*pass)(ir::Graph&);
  double steps;  // of the output's scale by which results may differ
};

constexpr Golden goldens[] = {
    {"fold_qdq", fold_qdq, 0},
    {"fold_qdq_leaves_the_rest_in_float", fold_qdq, 0},
    {"convolve_volume", rewrite_operators, 1e-5},
    {"convolve_grouped_transposed", rewrite_operators, 1e-5},
    {"fold_batch_norm_behind_a_view", fold_batch_norm, 1e-5},
    {"raise_activations", raise_activations, 0},
    {"fuse_relu", fuse_activations, 0},
    {"fuse_hardsigmoid", fuse_activations, 1},
    {"decompose_hardswish", decompose_hardswish, 1.5},
    {"assign_layout", [](ir::Graph& graph) { return assign_layout(graph); }, 0},
};

std::string path(const Golden& golden, const char* end) {
  return std::string(CORTADO_SOURCE_DIR) + "/tests/compiler/passes/" + golden.name + end;
}

std::string read(const std::string& file) {
  std::ifstream stream(file);
  std::stringstream text;
  text << stream.rdbuf();
  return text.str();
}

ir::Tensor random_input(const ir::Type& type, ops::Random& random) {
  ir::Tensor tensor(type.dtype, type.shape);
  for (std::int64_t i = 0; i < tensor.elements(); ++i) tensor.mutable_data<float>()[i] = random.unit() * 12 - 6;
  return tensor;
}

std::vector<ir::Tensor> run(const ir::Graph& graph, std::uint64_t seed) {
  ops::Random random(seed);
  std::vector<ir::Tensor> inputs;
  for (const ir::Value* input : graph.inputs) inputs.push_back(random_input(input->type, random));
  auto outputs = interpret(graph, inputs);
  EXPECT_TRUE(outputs) << outputs.error().text();
  return outputs ? std::move(outputs).value() : std::vector<ir::Tensor>{};
}

// The last scale that a result went through.
double scale_of(const ir::Graph& graph) {
  double scale = 1;
  for (const auto& node : graph.nodes())
    if (const ir::Argument* given = node->find("scale")) scale = std::get<double>(*given);
  return scale;
}

class PassesTest : public ::testing::TestWithParam<Golden> {};

TEST_P(PassesTest, MakesTheGoldenGraphAndKeepsItsMeaning) {
  const Golden golden = GetParam();
  const std::string text = read(path(golden, ".before.txt"));
  auto parsed = ir::parse_text(text);
  ASSERT_TRUE(parsed) << parsed.error().text();
  ir::Graph graph = std::move(parsed).value();
  ASSERT_TRUE(ir::verify(graph)) << ir::verify(graph).error().text();
  std::vector<std::vector<ir::Tensor>> before;
  for (std::uint64_t seed = 0; seed < 20; ++seed) before.push_back(run(graph, seed));

  const Status status = golden.pass(graph);
  ASSERT_TRUE(status) << status.error().text();
  ASSERT_TRUE(ir::verify(graph)) << ir::verify(graph).error().text();
  const std::string made = ir::to_text(graph, {.data = true});
  if (std::getenv("CORTADO_UPDATE_GOLDEN") != nullptr) std::ofstream(path(golden, ".after.txt")) << made;
  EXPECT_EQ(made, read(path(golden, ".after.txt")));

  const double tolerance = golden.steps * scale_of(graph) * 1.0001;
  for (std::uint64_t seed = 0; seed < 20; ++seed) {
    const std::vector<ir::Tensor> after = run(graph, seed);
    ASSERT_EQ(after.size(), before[seed].size());
    for (std::size_t o = 0; o < after.size(); ++o)
      for (std::int64_t i = 0; i < after[o].elements(); ++i)
        ASSERT_NEAR(after[o].as_double(i), before[seed][o].as_double(i), tolerance)
            << "seed " << seed << ", element " << i;
  }
}

INSTANTIATE_TEST_SUITE_P(All, PassesTest, ::testing::ValuesIn(goldens),
                         [](const auto& entry) { return std::string(entry.param.name); });

}  // namespace
}  // namespace cortado::compiler
