#include <gtest/gtest.h>

#include "ops/definition.h"
#include "ops/linear/lower.h"

namespace cortado::ops {
namespace {

ir::Type quantized(DType dtype, ir::Shape shape) { return {dtype, std::move(shape), {}, ir::quantization(0.1, 0)}; }

// x · wᵀ + bias on int8, with the bias as given.
Status lower_with_bias(ir::Graph& graph, ir::Value* bias, std::int32_t weight_zero_point = 0) {
  ir::Value* x = graph.add_input("x", quantized(DType::i8, {1, 4}));
  ir::Value* w = graph.add_constant("w", ir::Tensor(DType::i8, {3, 4}));
  w->type.quantization = ir::quantization(0.1, weight_zero_point);
  ir::Node* node = graph.append("aten::linear.default", "linear", {{"input", x}, {"weight", w}, {"bias", bias}},
                                {quantized(DType::i8, {1, 3})});
  graph.add_output(*node->outputs[0], "y");
  const Target target;
  Lowering lowering(graph, *node, target);
  return linear::lower(Operands(*node, registry().find(node->op)->schema), lowering);
}

TEST(LinearLower, TakesAConstantBias) {
  ir::Graph graph;
  EXPECT_TRUE(lower_with_bias(graph, graph.add_constant("b", ir::Tensor(DType::i32, {3}))));
  EXPECT_EQ(graph.outputs()[0].value->producer->op, "cortex_m::quantized_linear.out");
}

// Such a bias has no content while compiling; the kernel sum was made from it all the same.
TEST(LinearLower, RefusesABiasThatIsNoConstant) {
  ir::Graph graph;
  const Status status = lower_with_bias(graph, graph.add_input("b", quantized(DType::i32, {3})));
  ASSERT_FALSE(status);
  EXPECT_NE(status.error().message.find("the bias is not a constant"), std::string::npos) << status.error().message;
}

// The kernel sum leaves the weight's zero point out.
TEST(LinearLower, RefusesAnAsymmetricWeight) {
  ir::Graph graph;
  const Status status = lower_with_bias(graph, graph.add_constant("b", ir::Tensor(DType::i32, {3})), 5);
  ASSERT_FALSE(status);
  EXPECT_NE(status.error().message.find("zero point is 5"), std::string::npos) << status.error().message;
}

}  // namespace
}  // namespace cortado::ops
