// A standard test of every source operator: on whatever calls its constraints and its shape rule take, its float
// meaning gives results of the types that the shape rule says, and the text form keeps the call.
#include <gtest/gtest.h>

#include <algorithm>

#include "compiler/interpret/interpreter.h"
#include "ir/text.h"
#include "tests/standard/source_operators.h"

namespace cortado::tests {
namespace {

// Too many arguments that must fit each other for random ones: their networks are among the conformance cases.
constexpr std::string_view too_particular[] = {
    "aten::_native_multi_head_attention.default",
    "aten::_scaled_dot_product_flash_attention_for_cpu.default",
    "aten::_transformer_encoder_layer_fwd.default",
    "aten::convolution.default",
    "aten::gru.input",
    "aten::lstm.input",
    "aten::rnn_relu.input",
    "aten::rnn_tanh.input",
};

class ShapeRule : public SourceOperatorTest {};

TEST_P(ShapeRule, IsThatOfTheMeaning) {
  const int evaluated = for_each_node(60, [&](const RandomNode& call) {
    const std::string text = ir::to_text(call.graph, {.data = true});
    const auto parsed = ir::parse_text(text);
    EXPECT_TRUE(parsed) << parsed.error().text() << "\n" << text;
    if (!parsed) return false;
    EXPECT_EQ(ir::to_text(parsed.value(), {.data = true}), text);
    const auto results = compiler::interpret(parsed.value(), call.inputs);
    // What only the numbers tell, such as an index out of range, is the input's fault; other types than said, ours.
    EXPECT_TRUE(results || results.error().fault == Fault::input) << results.error().text() << "\n" << text;
    return static_cast<bool>(results);
  });
  const bool is_too_particular = std::ranges::find(too_particular, GetParam()->op) != std::end(too_particular);
  EXPECT_TRUE(evaluated > 0 || is_too_particular);
}

INSTANTIATE_TEST_SUITE_P(Operators, ShapeRule, source_operators(), operator_name_of);

}  // namespace
}  // namespace cortado::tests
