#include "ops/schema.h"

#include <gtest/gtest.h>

namespace cortado::ops {
namespace {

TEST(Schema, NamesKindsAndDefaultsAreThoseOfTheText) {
  const auto parameters = schema(
      "Tensor input, Tensor? bias=None, SymInt[2] stride=1, int[2] dilation=[1, 2], float eps=1e-05, *, bool "
      "out=False, "
      "str mode='zeros', Tensor?[] indices");
  ASSERT_EQ(parameters.size(), 8u);
  EXPECT_EQ(parameters[0].name, "input");
  EXPECT_EQ(parameters[0].kind, ParameterKind::tensor);
  EXPECT_FALSE(parameters[0].default_value);
  EXPECT_TRUE(parameters[1].optional);
  EXPECT_EQ(std::get<std::vector<std::int64_t>>(*parameters[2].default_value), (std::vector<std::int64_t>{1}));
  EXPECT_EQ(std::get<std::vector<std::int64_t>>(*parameters[3].default_value), (std::vector<std::int64_t>{1, 2}));
  EXPECT_EQ(std::get<double>(*parameters[4].default_value), 1e-05);
  EXPECT_EQ(std::get<bool>(*parameters[5].default_value), false);
  EXPECT_EQ(std::get<std::string>(*parameters[6].default_value), "zeros");
  EXPECT_EQ(parameters[7].kind, ParameterKind::optional_tensors);
}

TEST(Schema, ArgumentsOfAnotherTypeAreRefusedByName) {
  ir::Graph graph;
  ir::Value* x = graph.add_input("x", {DType::f32, {2}, {}, {}});
  const auto parameters = schema("Tensor self, int dim");
  EXPECT_TRUE(Operands(*graph.append("a", "a", {{"self", x}, {"dim", std::int64_t{1}}}, {}), parameters).check());
  const auto wrong = Operands(*graph.append("b", "b", {{"self", x}, {"dim", 1.5}}, {}), parameters).check();
  ASSERT_FALSE(wrong);
  EXPECT_EQ(wrong.error().message, "argument 'dim' of b must be an integer");
  EXPECT_FALSE(
      Operands(*graph.append("c", "c", {{"self", std::int64_t{3}}, {"dim", std::int64_t{1}}}, {}), parameters).check());
  EXPECT_FALSE(Operands(*graph.append("d", "d", {{"dim", std::int64_t{1}}}, {}), parameters).check());
}

}  // namespace
}  // namespace cortado::ops
