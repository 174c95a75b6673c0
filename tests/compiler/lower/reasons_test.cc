// Why an operator on integers computes in float, or cannot be compiled: one row a reason.
#include <gtest/gtest.h>

#include <ostream>
#include <sstream>
#include <string>

#include "compiler/lower/check_calls.h"
#include "compiler/lower/lower_nodes.h"
#include "ir/text.h"

namespace cortado::compiler {
namespace {

// Q, P: other parameters; W: per channel of axis 0; V: of axis 1.
struct Row {
  const char* values;  // "input %x : i8[2] Q; constant %c : f32[1] = [1.0]"
  const char* types;   // of the results: "i8[2] Q"
  const char* call;
  const char* reason;
  bool is_native = false;
};

void PrintTo(const Row& row, std::ostream* to) { *to << row.call << " on " << row.values << " giving " << row.types; }

std::string with_parameters(std::string text) {
  const std::pair<const char*, const char*> names[] = {
      {" Q", " q(scale 0.5, zero 0, min -128, max 127)"},
      {" P", " q(scale 0.25, zero 3, min -128, max 127)"},
      {" L", " q(scale 0.5, zero 0, min 0, max 127)"},
      {" N", " q(scale 1.0, zero 127, min -128, max 127)"},
      {" S", " q(scale 1e-46, zero 0, min -128, max 127)"},
      {" F", " q(scale 1e-9, zero 0, min -128, max 127)"},
      {" W", " q(axis 0, scale [0.5, 0.25], zero [0, 0], min -127, max 127)"},
      {" V", " q(axis 1, scale [0.5, 0.25], zero [0, 0], min -127, max 127)"},
      {" Z", " q(scale 0.5, zero 3, min -128, max 127)"},
  };
  for (const auto& [name, parameters] : names)
    for (std::size_t at = text.find(name); at != std::string::npos; at = text.find(name, at + 1)) {
      const std::size_t end = at + std::string(name).size();
      if (end == text.size() || text[end] == ';' || text[end] == ',' || text[end] == ' ')
        text.replace(at, end - at, parameters);
    }
  return text;
}

std::string graph_text(const Row& row) {
  std::string text = "graph \"forward\"\n";
  std::istringstream values(with_parameters(row.values));
  for (std::string value; std::getline(values, value, ';');) text += value + "\n";
  const std::string types = with_parameters(row.types);
  text += "%y : " + types + " = " + row.call + " from \"net.py\" 7 \"y = f(x)\"\n";
  return text + "output %y \"y\"\n" + (types.find("%i") != std::string::npos ? "output %i \"i\"\n" : "");
}

class Reasons : public testing::TestWithParam<Row> {};

TEST_P(Reasons, AreGivenWithTheNode) {
  auto graph = ir::parse_text(graph_text(GetParam()));
  ASSERT_TRUE(graph) << graph.error().text() << graph_text(GetParam());
  Report report;
  CompileOptions options;
  if (GetParam().is_native) options.dialect = Dialect::cortado;
  Status status = lower_nodes(graph.value(), options, report);
  if (status) status = check_calls(graph.value());
  std::string said;
  if (!status) {
    EXPECT_EQ(status.error().fault, Fault::input);
    said = status.error().text();
  }
  if (!report.float_operators.empty()) said += to_text(report.float_operators[0]);
  EXPECT_NE(said.find(GetParam().reason), std::string::npos) << said;
  EXPECT_NE(said.find("y"), std::string::npos) << said;
  EXPECT_NE(said.find("net.py:7"), std::string::npos) << said;
}

// clang-format off: one line, one reason
constexpr Row elementwise_reasons[] = {
    {"input %x : i8[4] Q", "f32[4]", "aten::sigmoid.default(self=%x)", "its input and result are not both quantized to int8"},
    {"input %x : i8[4] N", "i8[4] Q", "aten::acosh.default(self=%x)", "it is undefined over the whole range of its input"},
    {"input %x : i8[4] Q; input %z : f32[4]", "i8[4] Q", "aten::add.Tensor(self=%x, other=%z)", "its operands and result are not all quantized to int8 per tensor"},
    {"input %x : i8[4] Q; input %z : i8[4] Q", "i8[4] F", "aten::sub.Tensor(self=%x, other=%z)", "its operands nearly cancel: the result's scale is too fine against theirs for 32 bits"},
    {"input %x : i8[4] Q; input %z : f32[4]", "i8[4] Q", "aten::mul.Tensor(self=%x, other=%z)", "its operands and result are not all quantized to int8 per tensor"},
    {"input %x : i8[4] Q; input %z : f32[4]", "i8[4] Q", "aten::div.Tensor(self=%x, other=%z)", "its operands and result are not all quantized per tensor to one of int8 and int16"},
    {"input %x : i8[4] Q; input %z : f32[4]", "i8[4] Q", "aten::maximum.default(self=%x, other=%z)", "its operands and result are not all quantized to int8 per tensor"},
    {"input %x : i8[4] Q; input %z : f32[4]", "bool[4]", "aten::gt.Tensor(self=%x, other=%z)", "its operands are not both quantized to int8 per tensor"},
    {"input %x : i8[4] Q; input %z : i8[4] P", "bool[4]", "aten::gt.Tensor(self=%x, other=%z)", "its operands do not share scale and zero point"},
    {"input %x : i16[4] Q", "bool[4]", "aten::gt.Scalar(self=%x, other=1.0)", "its operand is not quantized to int8 per tensor"},
    {"input %x : i8[4] S", "bool[4]", "aten::eq.Scalar(self=%x, other=0.0)", "no integer divides the operand's numbers as 0.000000 does"},
    {"input %x : i8[4] Q; input %z : f32[4]", "i8[4] Q", "aten::clamp.Tensor(self=%x, min=%z)", "its limits are tensors"},
    {"input %x : i8[1, 2] Q; constant %c : f32[2, 2] = [0.0, 0.0, 0.0, 0.0]", "i8[2, 2] Q", "aten::clamp.Tensor(self=%x, min=%c)", "its limits stretch it to another shape"},
    {"input %x : i8[4] Q", "i8[2] Q", "aten::glu.default(self=%x)", "it has no integer form"},
    {"input %x : i64[4]", "i64[4]", "aten::threshold.default(self=%x, threshold=1, value=2)", "it has a kernel for f32 only"},
    {"input %x : f32[2000]", "f32[2000]", "aten::cumprod.default(self=%x, dim=0)", "a running product of more than 1024 steps is not supported"},
    {"input %x : f32[4]", "f32[4]", "aten::zeros_like.default(self=%x)", "and there is no kernel that computes it in float"},
    {"input %x : f32[4]", "u8[4] Q", "quantized_decomposed::quantize_per_tensor.default(input=%x, scale=0.5, zero_point=0, quant_min=0, quant_max=255, dtype=u8)", "numbers are quantized to i8 or i16, not to u8"},
    {"input %x : f16[4]", "i8[4] Q", "quantized_decomposed::quantize_per_tensor.default(input=%x, scale=0.5, zero_point=0, quant_min=-128, quant_max=127, dtype=i8)", "only 32-bit floats can be quantized"},
    {"input %x : u8[4] Q", "f32[4]", "quantized_decomposed::dequantize_per_tensor.default(input=%x, scale=0.5, zero_point=0, quant_min=0, quant_max=255, dtype=u8)", "only i8 and i16 can be dequantized, not u8"},
    {"input %x : i8[4] Q", "f16[4]", "quantized_decomposed::dequantize_per_tensor.default(input=%x, scale=0.5, zero_point=0, quant_min=-128, quant_max=127, dtype=i8)", "numbers are dequantized to 32-bit floats only"},
};
constexpr Row native_operators[] = {
    {"input %x : i8[2, 4] Q", "i8[2, 4] Q", "aten::_log_softmax.default(self=%x, dim=1, half_to_float=false)", "ExecuTorch has no int8 operator for it: the native form has one (--dialect cortado)"},
    {"input %x : f32[2, 4]", "i8[2, 4] Q", "aten::_log_softmax.default(self=%x, dim=1, half_to_float=false)", "its input and result are not both quantized to int8 per tensor", true},
    {"input %x : i8[2, 4] Q", "i8[2, 4] F", "aten::_log_softmax.default(self=%x, dim=1, half_to_float=false)", "the scale of its result is too fine", true},
    {"input %x : i8[2, 4] Q", "i8[2, 4] Q", "aten::layer_norm.default(input=%x, normalized_shape=[4])", "ExecuTorch has no int8 operator for it: the native form has one (--dialect cortado)"},
    {"input %x : f32[2, 4]", "i8[2, 4] Q", "aten::layer_norm.default(input=%x, normalized_shape=[4])", "its input and result are not both quantized to int8 per tensor", true},
    {"input %x : i8[2, 4] Q; input %w : f32[4]", "i8[2, 4] Q", "aten::layer_norm.default(input=%x, normalized_shape=[4], weight=%w)", "its weight is computed while the model runs", true},
    {"input %x : i8[2, 2] Q; constant %w : f32[2] = [1.0, 20000.0]", "i8[2, 2] Q", "aten::layer_norm.default(input=%x, normalized_shape=[2], bias=%w)", "its bias is too large against the scale of its result", true},
    {"input %x : i8[1, 1048577] Q", "i8[1, 1048577] Q", "aten::layer_norm.default(input=%x, normalized_shape=[1048577])", "it has more than 2^20 numbers in a row", true},
    {"input %x : i8[1, 2, 2] S", "i8[1, 2, 2] Q", "aten::group_norm.default(input=%x, num_groups=1)", "its eps is too large against the scale of its input", true},
};
constexpr Row movements[] = {
    {"input %x : i8[2, 3] Q", "i8[3, 2] P", "aten::permute.default(self=%x, dims=[1, 0])", "its input and result do not share scale and zero point"},
    {"input %x : i16[2, 3] Q", "i16[2, 3] P", "aten::flip.default(self=%x, dims=[1])", "its inputs and results do not share scale and zero point"},
    {"input %x : i8[2] Q; input %z : f32[2]", "i8[4] Q", "aten::cat.default(tensors=[%x, %z])", "its inputs and results are not all quantized"},
    {"input %x : i8[2, 3] Q; input %i : i64[1]; input %s : i8[1, 3] Q", "i8[2, 3] Q", "aten::index_put.default(self=%x, indices=[%i], values=%s, accumulate=true)", "it adds, which has no int8 form"},
    {"input %x : i8[1, 2, 2, 2] Q", "i8[1, 2, 4, 4] P", "aten::upsample_nearest2d.vec(input=%x, output_size=[4, 4], scale_factors=none)", "its input and result do not share scale and zero point"},
};
constexpr Row layers[] = {
    {"input %x : i8[2, 4, 4] Q; constant %w : i8[2, 2, 1, 1] Q = [1, 1, 1, 1]", "i8[2, 4, 4] Q", "aten::conv2d.default(input=%x, weight=%w)", "a convolution on int8 has 2 spatial dimensions and a batch"},
    {"input %x : i8[1, 2] Q; input %w : i8[2, 2] Q", "i8[1, 2] Q", "aten::linear.default(input=%x, weight=%w)", "a layer on int8 needs constant weights"},
    {"input %x : i8[1, 2] Q; constant %w : f32[2, 2] = [1.0, 1.0, 1.0, 1.0]", "i8[1, 2] Q", "aten::linear.default(input=%x, weight=%w)", "its input, weight and output are not all quantized to int8"},
    {"input %x : i8[1, 2] Q; constant %w : i8[2, 2] Z = [1, 1, 1, 1]", "i8[1, 2] Q", "aten::linear.default(input=%x, weight=%w)", "the weight's zero point is 3, must be 0"},
    {"input %x : i8[1, 2] Q; constant %w : i8[2, 2] V = [1, 1, 1, 1]", "i8[1, 2] Q", "aten::linear.default(input=%x, weight=%w)", "the weight is quantized along another axis than the output's channels"},
    {"input %x : i8[1, 2] Q; constant %w : i8[2, 2] W = [1, 1, 1, 1]; constant %b : f32[2] = [1.0, 2.0]", "i8[1, 2] Q", "aten::linear.default(input=%x, weight=%w, bias=%b)", "the bias is not a constant of 32-bit integers"},
    {"input %x : f32[2, 4, 4]; constant %w : f32[2, 2, 1, 1] = [1.0, 1.0, 1.0, 1.0]", "f32[2, 4, 4]", "aten::conv2d.default(input=%x, weight=%w)", "a convolution in float takes a batch"},
    {"input %x : f32[1, 2, 4, 4]; constant %w : f32[2, 2, 1, 1] = [1.0, 1.0, 1.0, 1.0]", "f32[1, 2, 4, 4]", "aten::conv2d.padding(input=%x, weight=%w, padding=\"same\")", "its padding is not spelled out"},
    {"input %x : i8[1, 2, 2] Q; input %z : f32[1, 2, 2]", "i8[1, 2, 2] Q", "aten::bmm.default(self=%x, mat2=%z)", "its operands and result are not all quantized to int8 per tensor"},
    {"input %x : i8[1, 2] Q", "f32[1, 2]", "aten::_softmax.default(self=%x, dim=-1, half_to_float=false)", "its input and result are not both quantized to int8 per tensor"},
    {"input %x : i8[1, 2] Q", "i8[1, 2] Q", "aten::_softmax.default(self=%x, dim=-1, half_to_float=false)", "its result must have scale 1/256 and zero point -128"},
};
constexpr Row pools[] = {
    {"input %x : i8[1, 2, 4, 4] Q", "i8[1, 2, 2, 2] L", "aten::max_pool2d.default(self=%x, kernel_size=[2, 2], dilation=[2, 2])", "a dilated pooling has no limits of its own"},
    {"input %x : i16[1, 2, 4, 4] Q", "i16[1, 2, 2, 2] Q, %i : i64[1, 2, 2, 2]", "aten::max_pool2d_with_indices.default(self=%x, kernel_size=[2, 2])", "its input is not quantized to int8 per tensor"},
    {"input %x : i8[1, 2, 4, 4] Q", "i8[1, 2, 2, 2] L, %i : i64[1, 2, 2, 2]", "aten::max_pool2d_with_indices.default(self=%x, kernel_size=[2, 2])", "a pooling that says where its maxima are has no limits of its own"},
    {"input %x : i8[1, 2, 4, 4] Q", "f32[1, 2, 2, 2]", "aten::avg_pool2d.default(self=%x, kernel_size=[2, 2])", "its input and result are not both quantized to int8 per tensor"},
    {"input %x : i8[2, 4, 4] Q", "i8[2, 2, 2] Q", "aten::avg_pool2d.default(self=%x, kernel_size=[2, 2])", "pooling on int8 takes a batch of images, of rank 4"},
    {"input %x : i8[1, 2, 4, 4] Q", "i8[1, 2, 2, 2] P", "aten::avg_pool2d.default(self=%x, kernel_size=[2, 2])", "its input and result do not share scale and zero point"},
    {"input %x : i8[1, 2, 4, 4] Q", "i8[1, 2, 2, 2] Q", "aten::avg_pool2d.default(self=%x, kernel_size=[2, 2], divisor_override=3)", "divisor_override has no int8 form"},
    {"input %x : i8[1, 2, 4, 4] Q", "f32[1, 2, 2, 2]", "aten::max_pool2d.default(self=%x, kernel_size=[2, 2])", "its input and result are not both quantized to int8 per tensor"},
    {"input %x : i8[1, 2, 4, 4] Q", "i8[1, 2, 2, 2] P", "aten::max_pool2d.default(self=%x, kernel_size=[2, 2])", "its input and result do not share scale and zero point"},
    {"input %x : i8[2, 4, 4] Q", "i8[2, 2, 2] Q", "aten::max_pool2d.default(self=%x, kernel_size=[2, 2])", "pooling on int8 takes a batch of images, of rank 4"},
};
constexpr Row calls[] = {
    {"input %x : i8[4] Q", "i8[4] Q", "cortex_m::quantized_add.default(self=%x)", "it gives no 'self_zero_point' to the kernel that computes it"},
    {"input %x : f32[2, 3]", "f32[2, 3]", "aten::exp.out(self=3)", "its kernel does not take this: self is of another kind"},
    {"input %x : f32[1, 1, 1, 1, 1, 1, 1, 1]", "f32[1, 1, 1, 1, 1, 1, 1, 1, 1]", "aten::unsqueeze.default(self=%x, dim=0)", "' has 9 dimensions, a program may have 8"},
};
// clang-format on

INSTANTIATE_TEST_SUITE_P(Elementwise, Reasons, testing::ValuesIn(elementwise_reasons));
INSTANTIATE_TEST_SUITE_P(NativeOperators, Reasons, testing::ValuesIn(native_operators));
INSTANTIATE_TEST_SUITE_P(Movements, Reasons, testing::ValuesIn(movements));
INSTANTIATE_TEST_SUITE_P(Layers, Reasons, testing::ValuesIn(layers));
INSTANTIATE_TEST_SUITE_P(Pools, Reasons, testing::ValuesIn(pools));
INSTANTIATE_TEST_SUITE_P(Calls, Reasons, testing::ValuesIn(calls));

}  // namespace
}  // namespace cortado::compiler
