#include "compiler/calibrate/fingerprint.h"

#include <gtest/gtest.h>

namespace cortado::compiler {
namespace {

struct Model {
  std::string input = "x";
  float weight = 1;
  std::string op = "aten::linear.default";
  std::int64_t size = 2;
  int line = 1;

  std::string hash() const {
    ir::Graph graph;
    ir::Value* x = graph.add_input(input, {DType::f32, {1, size}, {}, {}});
    ir::Value* w = graph.add_constant("w", ir::Tensor::of<float>(DType::f32, {1, 2}, std::vector<float>{weight, 2}));
    ir::Source source;
    source.line = line;
    ir::Node* node = graph.append(op, "y", {{"input", x}, {"weight", w}}, {{DType::f32, {1, 1}, {}, {}}}, source);
    graph.add_output(*node->outputs[0], "out");
    return fingerprint(graph);
  }
};

TEST(Fingerprint, TellsModelsApart) {
  const std::string hash = Model().hash();
  EXPECT_EQ(Model().hash(), hash);
  EXPECT_NE(Model{.input = "z"}.hash(), hash);
  EXPECT_NE(Model{.weight = 1.0000001f}.hash(), hash);
  EXPECT_NE(Model{.op = "aten::mm.default"}.hash(), hash);
  EXPECT_NE(Model{.size = 3}.hash(), hash);
  EXPECT_EQ(Model{.line = 7}.hash(), hash) << "where the user wrote it does not matter";
}

TEST(Fingerprint, IsTheSameOnEveryHost) { EXPECT_EQ(Model().hash(), "hash64:e7eefa6a12282fa5"); }

}  // namespace
}  // namespace cortado::compiler
