// Where the reference's quantizer noted a comparison with a number, the stored integers are compared.
#include "compiler/fold_qdq/compare_stored.h"

#include <gtest/gtest.h>

#include "compiler/interpret/interpreter.h"
#include "ir/text.h"

namespace cortado::compiler {
namespace {

constexpr const char* text = R"(graph "forward"
input %x : f32[3]
%xq : i8[3] q(scale 0.5, zero 3, min -128, max 127) = quantized_decomposed::quantize_per_tensor.default(input=%x, scale=0.5, zero_point=3, quant_min=-128, quant_max=127, dtype=i8)
%noted : bool[3] = aten::gt.Scalar(self=%xq, other=0.0) note "{\"_arm_annotation_info\": {\"quantized\": true}}"
%ours : bool[3] = aten::gt.Scalar(self=%xq, other=0.0)
output %noted "noted"
output %ours "ours"
)";

TEST(CompareStored, OnlyNotedComparisonsSeeTheStoredIntegers) {
  auto parsed = ir::parse_text(text);
  ASSERT_TRUE(parsed) << parsed.error().text();
  ir::Graph graph = std::move(parsed).value();
  ASSERT_TRUE(compare_stored(graph));
  // Stored: 1, 3, 5.
  const auto outputs = interpret(graph, {ir::Tensor::of<float>(DType::f32, {3}, {-1, 0, 1})});
  ASSERT_TRUE(outputs) << outputs.error().text();
  const std::vector<bool> noted = {true, true, true}, ours = {false, false, true};
  for (std::size_t i = 0; i < 3; ++i) {
    EXPECT_EQ(outputs.value()[0].bytes()[i] != 0, noted[i]) << i;
    EXPECT_EQ(outputs.value()[1].bytes()[i] != 0, ours[i]) << i;
  }
}

}  // namespace
}  // namespace cortado::compiler
