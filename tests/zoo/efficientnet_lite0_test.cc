#include "zoo/efficientnet_lite0.h"

#include <gtest/gtest.h>

#include "tests/zoo/zeros.h"

namespace cortado::zoo {
namespace {

TEST(EfficientNetLite0, HasTheShapesOfTheCheckpoint) {
  const Model* model = find("efficientnet_lite0");
  ASSERT_NE(model, nullptr);
  const auto tensors = zeros_for(*model);
  EXPECT_EQ(tensors.size(), 247u);  // 49 convolutions, 49 norms of four tensors, a linear of two
  Weights weights("checkpoint.pth", tensors);
  const auto graph = model->build(weights);
  ASSERT_TRUE(graph) << graph.error().text();
  ASSERT_EQ(graph.value().outputs().size(), 1u);
  EXPECT_EQ(graph.value().outputs()[0].value->type.shape, (ir::Shape{1, 1000}));
  int convolutions = 0, pads = 0, adds = 0;
  for (const auto& node : graph.value().nodes()) {
    convolutions += node->op == "aten::conv2d.default";
    pads += node->op == "aten::pad.default";
    adds += node->op == "aten::add.Tensor";
  }
  EXPECT_EQ(convolutions, 49);
  EXPECT_EQ(pads, 5);  // one a stride
  EXPECT_EQ(adds, 9);
}

}  // namespace
}  // namespace cortado::zoo
