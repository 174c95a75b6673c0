#include "compiler/import/single_precision.h"

#include <gtest/gtest.h>

#include "ir/text.h"

namespace cortado::compiler {
namespace {

ir::Graph parsed(const char* text) {
  auto graph = ir::parse_text(text);
  EXPECT_TRUE(graph) << graph.error().text();
  return graph ? std::move(graph).value() : ir::Graph();
}

TEST(SinglePrecision, ConvertsWeightsResultsAndNamedTypes) {
  ir::Graph graph = parsed(R"(graph "forward"
input %x : f16[2, 2]
constant %w : f64[2, 2] = [1.5, -2, 3, 0.1]
constant %i : i64[1] = [1]
%wide : f64[2, 2] = aten::_to_copy.default(self=%x, dtype=f64)
%y : f64[2, 2] = aten::mul.Tensor(self=%wide, other=%w)
%z : f64[2, 1] = aten::index_select.default(self=%y, dim=1, index=%i)
output %z "z"
)");
  EXPECT_TRUE(to_single_precision(graph));
  EXPECT_EQ(ir::to_text(graph, {.data = true}), ir::to_text(parsed(R"(graph "forward"
input %x : f32[2, 2]
constant %w : f32[2, 2] = [1.5, -2, 3, 0.1]
constant %i : i64[1] = [1]
%wide : f32[2, 2] = aten::_to_copy.default(self=%x, dtype=f32)
%y : f32[2, 2] = aten::mul.Tensor(self=%wide, other=%w)
%z : f32[2, 1] = aten::index_select.default(self=%y, dim=1, index=%i)
output %z "z"
)"),
                                                            {.data = true}));
  EXPECT_FALSE(to_single_precision(graph));
}

TEST(SinglePrecision, LeavesGraphsThatCameQuantized) {
  ir::Graph graph = parsed(R"(graph "forward"
input %x : f64[2]
%y : f32[2] = aten::_to_copy.default(self=%x, dtype=f32)
%q : i8[2] = quantized_decomposed::quantize_per_tensor.default(input=%y, scale=0.5, zero_point=0, quant_min=-128, quant_max=127, dtype=i8)
output %q "q"
)");
  EXPECT_FALSE(to_single_precision(graph));
  EXPECT_EQ(graph.inputs[0]->type.dtype, DType::f64);
}

}  // namespace
}  // namespace cortado::compiler
