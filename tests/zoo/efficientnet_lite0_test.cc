#include "zoo/efficientnet_lite0.h"

#include <gtest/gtest.h>

#include "zoo/model.h"

namespace cortado::zoo {
namespace {

// Zeros for every parameter that the model asks for: asked again and again with what was missing.
std::map<std::string, ir::Tensor> zeros_for(const Model& model) {
  std::map<std::string, ir::Tensor> tensors;
  // The parameter's name and type are read off the messages, so that the test shares no table with the model.
  for (int i = 0; i < 1000; ++i) {
    const auto graph = model.build(Weights("checkpoint.pth", tensors));
    if (graph) return tensors;
    const std::string& text = graph.error().message;
    const auto begin = text.find('\'') + 1;
    const std::string name = text.substr(begin, text.find('\'', begin) - begin);
    const auto needed = text.find("needs f32[");
    ir::Shape shape = {0};
    if (needed != std::string::npos) {
      shape.clear();
      for (std::size_t at = needed + 10; at < text.size() && text[at] != ']';) {
        std::size_t used = 0;
        shape.push_back(std::stoll(text.substr(at), &used));
        at += used;
        while (at < text.size() && (text[at] == ',' || text[at] == ' ')) ++at;
      }
    }
    tensors[name] = ir::Tensor(DType::f32, shape);
  }
  return tensors;
}

TEST(EfficientNetLite0, HasTheShapesOfTheCheckpoint) {
  const Model* model = find("efficientnet_lite0");
  ASSERT_NE(model, nullptr);
  const auto tensors = zeros_for(*model);
  EXPECT_EQ(tensors.size(), 247u);  // 49 convolutions, 49 norms of four tensors, a linear of two
  const auto graph = model->build(Weights("checkpoint.pth", tensors));
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

TEST(EfficientNetLite0, NamesTheParameterThatIsMissing) {
  const auto graph = build_efficientnet_lite0(Weights("checkpoint.pth", {}));
  ASSERT_FALSE(graph);
  EXPECT_EQ(graph.error().fault, Fault::input);
  EXPECT_NE(graph.error().message.find("checkpoint.pth: has no parameter '_conv_stem.weight'"), std::string::npos);
}

TEST(Zoo, UnknownNamesAreNotFound) { EXPECT_EQ(find("no_such_model"), nullptr); }

}  // namespace
}  // namespace cortado::zoo
