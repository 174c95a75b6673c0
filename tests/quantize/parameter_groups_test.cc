#include "compiler/quantize/parameter_groups.h"

#include <gtest/gtest.h>

namespace cortado::compiler {
namespace {

ir::Type f32(ir::Shape shape) { return {DType::f32, std::move(shape), {}, {}}; }

TEST(ParameterGroups, AStateSharesWithWhatIsWrittenIntoIt) {
  ir::Graph graph;
  ir::Value* x = graph.add_input("x", f32({2}));
  ir::Value* state = graph.add_state("state", ir::Tensor(DType::f32, {2}));
  ir::Value* sum = graph.append("aten::add.Tensor", "sum", {{"self", x}, {"other", state}}, {f32({2})})->outputs[0];
  graph.add_mutation(*state, *sum);
  const ParameterGroups groups(graph);
  EXPECT_EQ(groups.index(*state), groups.index(*sum));
  EXPECT_NE(groups.index(*x), groups.index(*sum));
}

// sigmoid_(x): what the caller finds in x afterwards has nothing to do with how the program stores x.
TEST(ParameterGroups, AnInputThatIsChangedInPlaceDoesNot) {
  ir::Graph graph;
  ir::Value* x = graph.add_input("x", f32({2}));
  ir::Value* y = graph.append("aten::sigmoid.default", "sigmoid", {{"self", x}}, {f32({2})})->outputs[0];
  graph.add_output(*y, "y");
  graph.add_mutation(*x, *y);
  const ParameterGroups groups(graph);
  EXPECT_NE(groups.index(*x), groups.index(*y));
  EXPECT_EQ(groups.of(*x).size(), 1u);
}

}  // namespace
}  // namespace cortado::compiler
