#include "compiler/import/in_place.h"

#include <gtest/gtest.h>

namespace cortado::compiler {
namespace {

using formats::Json;

Json node(const char* target, const char* self, const char* result) {
  return {{"target", target},
          {"inputs", {{{"name", "self"}, {"arg", {{"as_tensor", {{"name", self}}}}}}}},
          {"outputs", {{{"as_tensor", {{"name", result}}}}}}};
}

TEST(InPlace, NamesSayWhatWrites) {
  EXPECT_TRUE(writes_first_argument("aten::add_.Tensor"));
  EXPECT_TRUE(writes_first_argument("aten::copy_.default"));
  EXPECT_FALSE(writes_first_argument("aten::add.Tensor"));
  EXPECT_FALSE(writes_first_argument("aten::detach_.default"));
  EXPECT_FALSE(writes_first_argument("aten::squeeze_.dim"));
  EXPECT_FALSE(writes_first_argument("aten::__and__.Tensor"));
  EXPECT_FALSE(writes_first_argument("_operator.getitem"));
}

TEST(InPlace, OperatorNames) {
  EXPECT_EQ(operator_name("torch.ops.aten.conv2d.default"), "aten::conv2d.default");
  EXPECT_EQ(operator_name("_operator.add"), "_operator.add");
}

TEST(InPlace, WritesThroughViewsReachTheBuffer) {
  const Json nodes = {
      node("torch.ops.aten.slice.Tensor", "cache", "window"), node("torch.ops.aten.select.int", "window", "row"),
      node("torch.ops.aten.copy_.default", "row", "copy_"),   node("torch.ops.aten.relu_.default", "x", "relu_"),
      node("torch.ops.aten.add_.Tensor", "relu_", "add_"),    node("torch.ops.aten.mul.Tensor", "kept", "mul"),
      node("torch.ops.aten.mul_.Tensor", "mul", "mul_")};
  EXPECT_EQ(tensors_changed_in_place(nodes), (std::unordered_set<std::string>{"cache", "x", "mul"}));
}

TEST(InPlace, MalformedNodesArePassedOver) {
  EXPECT_TRUE(tensors_changed_in_place(Json::parse(R"([1, {}, {"target": 3}, {"target": "torch.ops.aten.add_.Tensor",
      "inputs": [{"arg": {"as_int": 1}}], "outputs": 5}])"))
                  .empty());
  EXPECT_TRUE(tensors_changed_in_place(Json("text")).empty());
}

}  // namespace
}  // namespace cortado::compiler
