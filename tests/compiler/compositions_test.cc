// Operators whose meaning is their rewriting, against numbers of PyTorch 2.13.
#include <gtest/gtest.h>

#include <algorithm>

#include "compiler/interpret/interpreter.h"
#include "compiler/normalise/normalise.h"
#include "ir/text.h"

namespace cortado::compiler {
namespace {

struct Composition {
  const char* name;
  const char* node;  // makes %y from %a = [1, −2, 3; 0.5, 4, −1], %b = [2, 1, −1; 0, 3, 5] and the constants below
  std::vector<float> expected;
};

constexpr const char* constants = R"(graph "forward"
input %a : f32[2, 3]
input %b : f32[2, 3]
constant %half : f32[] = [0.5]
constant %classes : i64[2] = [2, 0]
constant %columns : i64[1, 2] = [2, 0]
constant %g : f32[2, 1] = [2, 3]
constant %cube : f32[3, 3, 3] = [1, 0, 2, -1, 0.5, 0, 0.25, 1, -2, 3, -1, 1, 0, 2, 0.5, 1, 1, 1, -2, 0, 1, 0.5, 0.5, -0.5, 1, -3, 0]
constant %w4 : f32[4, 3] = [1, 0, 2, -1, 0.5, 0, 0.25, 1, -2, 3, -1, 1]
constant %w3 : f32[3, 3] = [1, 0, 2, -1, 0.5, 0, 0.25, 1, -2]
constant %u4 : f32[4, 1] = [0, 1, -2, 0.5]
constant %u3 : f32[3, 1] = [3, 0, 1]
constant %h : f32[2, 1] = [2, 0]
constant %c : f32[2, 1] = [1, 0.5]
constant %image : f32[1, 1, 2, 3] = [1, -2, 3, 0.5, 4, -1]
)";

const Composition compositions[] = {
    {"cosine", "%y : f32[2] = aten::cosine_similarity.default(x1=%a, x2=%b)", {-0.327327f, 0.289044f}},
    {"pairwise", "%y : f32[2] = aten::pairwise_distance.default(x1=%a, x2=%b)", {5.09902f, 6.103277f}},
    {"cdist", "%y : f32[2, 2] = aten::cdist.default(x1=%a, x2=%b)", {5.09902f, 5.477226f, 3.354102f, 6.103278f}},
    {"einsum_product",
     "%y : f32[2, 2] = aten::einsum.default(equation=\"ij,kj->ik\", tensors=[%a, %b])",
     {-3, 9, 6, 7}},
    {"einsum_batch", "%y : f32[3] = aten::einsum.default(equation=\"ij,ij->j\", tensors=[%a, %b])", {2, 10, -8}},
    {"einsum_alone",
     "%y : f32[3, 2] = aten::einsum.default(equation=\"ij->ji\", tensors=[%a])",
     {1, 0.5f, -2, 4, 3, -1}},
    {"bilinear",
     "%y : f32[2, 3] = aten::bilinear.default(input1=%a, input2=%b, weight=%cube)",
     {13.5f, 7, -12, 18, 27, 7.5f}},
    {"trilinear",
     "%y : f32[2, 3] = aten::_trilinear.default(i1=%a, i2=%cube, i3=%b, expand1=[1, 3], expand2=[0], expand3=[1, 2], "
     "sumdim=[2, 3])",
     {13.5f, 7, -12, 18, 27, 7.5f}},
    {"one_hot", "%y : i64[2, 3] = aten::one_hot.default(self=%classes, num_classes=3)", {0, 0, 1, 1, 0, 0}},
    {"heaviside", "%y : f32[2, 3] = aten::heaviside.default(self=%a, values=%half)", {1, 0, 1, 1, 1, 0}},
    {"rot90", "%y : f32[3, 2] = aten::rot90.default(self=%a)", {3, -1, -2, 4, 1, 0.5f}},
    {"rot270", "%y : f32[3, 2] = aten::rot90.default(self=%a, k=-1)", {0.5f, 1, 4, -2, -1, 3}},
    {"hstack", "%y : f32[2, 6] = aten::hstack.default(tensors=[%a, %b])", {1, -2, 3, 2, 1, -1, 0.5f, 4, -1, 0, 3, 5}},
    {"cubic",
     "%y : f32[1, 1, 3, 4] = aten::upsample_bicubic2d.default(self=%image, output_size=[3, 4], align_corners=false)",
     {1.299234f, -1.88114f, -0.797849f, 3.768416f, 0.732056f, 0.909912f, 1.027466f, 1, 0.164877f, 3.700963f, 2.85278f,
      -1.768415f}},
    {"cubic_corners",
     "%y : f32[1, 1, 3, 4] = aten::upsample_bicubic2d.default(self=%image, output_size=[3, 4], align_corners=true)",
     {1, -1.611111f, -0.75926f, 3, 0.75f, 0.921296f, 1.027778f, 1, 0.5f, 3.453704f, 2.814815f, -1}},
    {"weight_norm",
     "%y : f32[2, 3] = aten::_weight_norm.default(v=%a, g=%g)",
     {0.534522f, -1.069045f, 1.603567f, 0.361158f, 2.889261f, -0.722315f}},
    {"im2col",
     "%y : f32[1, 4, 2] = aten::im2col.default(self=%image, kernel_size=[2, 2], dilation=[1, 1], padding=[0, 0], "
     "stride=[1, 1])",
     {1, -2, -2, 3, 0.5f, 4, 4, -1}},
    {"rrelu", "%y : f32[2, 3] = aten::rrelu.default(self=%a)", {1, -0.458333f, 3, 0.5f, 4, -0.229167f}},
    {"lstm_cell",
     "%y : f32[2, 1], %next : f32[2, 1] = aten::lstm_cell.default(input=%a, hx=[%h, %c], w_ih=%w4, w_hh=%u4)",
     {-0.461343f, 0.015558f}},
    {"gru_cell",
     "%y : f32[2, 1] = aten::gru_cell.default(input=%a, hx=%h, w_ih=%w3, w_hh=%u3)",
     {-0.642373f, 0.182424f}},
    {"var_mean", "%y : f32[2], %mean : f32[2] = aten::var_mean.correction(self=%a, dim=[1])", {6.333333f, 6.583333f}},
    {"mse_loss", "%y : f32[] = aten::mse_loss.default(self=%a, target=%b)", {10.541667f}},
    {"l1_loss", "%y : f32[] = aten::l1_loss.default(self=%a, target=%b, reduction=2)", {15.5f}},
    {"huber_loss",
     "%y : f32[2, 3] = aten::huber_loss.default(self=%a, target=%b, reduction=0, delta=2.0)",
     {0.5f, 4, 6, 0.125f, 0.5f, 10}},
    {"smooth_l1_loss", "%y : f32[] = aten::smooth_l1_loss.default(self=%a, target=%b, beta=2.0)", {1.760417f}},
    {"broadcast_tensors",
     "%y : f32[2, 3], %same : f32[2, 3] = aten::broadcast_tensors.default(tensors=[%g, %a])",
     {2, 2, 2, 3, 3, 3}},
    {"take_along_dim", "%y : f32[2] = aten::take_along_dim.default(self=%a, indices=%classes)", {3, 1}},
    {"take_along_rows",
     "%y : f32[2, 2] = aten::take_along_dim.default(self=%a, indices=%columns, dim=1)",
     {3, 1, -1, 0.5f}},
    {"nearest_exact",
     "%y : f32[1, 1, 3, 4] = aten::_upsample_nearest_exact2d.default(self=%image, output_size=[3, 4])",
     {1, -2, -2, 3, 0.5f, 4, 4, -1, 0.5f, 4, 4, -1}},
};

// What models in float say with other operators, so that it is int8.
const Composition int8_forms[] = {
    {"length", "%y : f32[2] = aten::linalg_vector_norm.default(self=%a, ord=2, dim=[1])", {3.741657f, 4.153312f}},
    {"length_of_columns",
     "%y : f32[1, 3] = aten::linalg_vector_norm.default(self=%a, ord=2, dim=[0], keepdim=true)",
     {1.118034f, 4.472136f, 3.162278f}},
    {"sum_of_sizes", "%y : f32[2] = aten::norm.ScalarOpt_dim(self=%a, p=1, dim=[-1])", {6, 5.5f}},
    {"largest_size", "%y : f32[] = aten::linalg_vector_norm.default(self=%a, ord=inf)", {4}},
    {"variance", "%y : f32[2] = aten::var.correction(self=%a, dim=[1])", {6.333333f, 6.583333f}},
    {"deviation", "%y : f32[3] = aten::std.dim(self=%a, dim=[0], unbiased=false)", {0.25f, 3, 2}},
    {"logsumexp", "%y : f32[3] = aten::logsumexp.default(self=%a, dim=[0])", {1.474077f, 4.002476f, 3.018150f}},
    {"prod", "%y : f32[2] = aten::prod.dim_int(self=%a, dim=1)", {-6, -2}},
    {"cumsum", "%y : f32[2, 3] = aten::cumsum.default(self=%a, dim=0)", {1, -2, 3, 1.5f, 2, 2}},
    {"cumsum_of_rows", "%y : f32[2, 3] = aten::cumsum.default(self=%a, dim=-1)", {1, -1, 2, 0.5f, 4.5f, 3.5f}},
    {"tril", "%y : f32[2, 3] = aten::tril.default(self=%a)", {1, 0, 0, 0.5f, 4, 0}},
    {"triu", "%y : f32[2, 3] = aten::triu.default(self=%a, diagonal=1)", {0, -2, 3, 0, 0, -1}},
    {"hypot",
     "%y : f32[2, 3] = aten::hypot.default(self=%a, other=%b)",
     {2.236068f, 2.236068f, 3.162278f, 0.5f, 5, 5.09902f}},
    {"logaddexp",
     "%y : f32[2, 3] = aten::logaddexp.default(self=%a, other=%b)",
     {2.313262f, 1.048587f, 3.018150f, 0.974077f, 4.313262f, 5.002476f}},
};

class Compositions : public testing::TestWithParam<Composition> {};

ir::Graph graph_of(const Composition& composition) {
  auto graph = ir::parse_text(std::string(constants) + composition.node + "\noutput %y \"y\"\n");
  EXPECT_TRUE(graph) << graph.error().text();
  return graph ? std::move(graph).value() : ir::Graph();
}

void expect_result(const ir::Graph& graph, const std::vector<float>& expected) {
  const auto tensor = [](std::vector<float> values) { return ir::Tensor::of<float>(DType::f32, {2, 3}, values); };
  const auto result = interpret(graph, {tensor({1, -2, 3, 0.5f, 4, -1}), tensor({2, 1, -1, 0, 3, 5})});
  ASSERT_TRUE(result) << result.error().text();
  const ir::Tensor& y = result.value()[0];
  ASSERT_EQ(static_cast<std::size_t>(y.elements()), expected.size());
  for (std::int64_t i = 0; i < y.elements(); ++i)
    EXPECT_NEAR(y.as_double(i), static_cast<double>(expected[static_cast<std::size_t>(i)]), 2e-5) << i;
}

TEST_P(Compositions, AreWhatPyTorchComputes) { expect_result(graph_of(GetParam()), GetParam().expected); }

TEST(Int8Forms, MeanTheSame) {
  for (const Composition& form : int8_forms) {
    SCOPED_TRACE(form.name);
    ir::Graph graph = graph_of(form);
    expect_result(graph, form.expected);
    const std::string op = graph.nodes().front()->op;
    ASSERT_TRUE(normalise(graph));
    expect_result(graph, form.expected);
    for (const auto& node : graph.nodes()) EXPECT_NE(node->op, op);
  }
}

INSTANTIATE_TEST_SUITE_P(All, Compositions, testing::ValuesIn(compositions),
                         [](const auto& test) { return test.param.name; });

// An int8 border of another number than 0 need not be in the range of what it surrounds.
TEST(Int8Forms, BordersOfANumberAreAChoice) {
  const Composition border = {"border",
                              "%y : f32[3, 4] = aten::constant_pad_nd.default(self=%a, pad=[2, -1, 0, 1], value=9.0)",
                              {9, 9, 1, -2, 9, 9, 0.5f, 4, 9, 9, 9, 9}};
  ir::Graph graph = graph_of(border);
  expect_result(graph, border.expected);
  ASSERT_TRUE(normalise(graph));
  expect_result(graph, border.expected);
  for (const auto& node : graph.nodes())
    EXPECT_TRUE(node->find("value") == nullptr || std::get<double>(*node->find("value")) == 0);
}

// Masks by −∞, however they are said, must not reach the calibration.
TEST(Masks, AreSoftenedBeforeASoftmax) {
  const char* ways[] = {
      "%masked : f32[2, 3] = aten::masked_fill.Scalar(self=%a, mask=%hidden, value=-inf)",
      "%masked : f32[2, 3] = aten::where.ScalarOther(condition=%shown, self=%a, other=-inf)",
      "%masked : f32[2, 3] = aten::add.Tensor(self=%a, other=%minus_infinity)",
      "%m : f32[3] = aten::mul.Tensor(self=%numbers, other=-10000.0)\n%masked : f32[2, 3] = aten::add.Tensor(self=%m, "
      "other=%a)",
  };
  for (const std::string way : ways) {
    auto parsed = ir::parse_text(std::string(constants) + R"(constant %hidden : bool[3] = [0, 1, 0]
constant %shown : bool[3] = [1, 0, 1]
constant %minus_infinity : f32[3] = [0, -inf, 0]
input %numbers : f32[3]
)" + way + "\n%y : f32[2, 3] = aten::softmax.int(self=%masked, dim=-1)\noutput %y \"y\"\n");
    ASSERT_TRUE(parsed) << parsed.error().text();
    ir::Graph graph = std::move(parsed).value();
    ASSERT_TRUE(normalise(graph));
    double lowest = 0;
    const auto x = ir::Tensor::of<float>(DType::f32, {2, 3}, {1, -2, 3, 0.5f, 4, -1});
    const auto result = interpret(graph, {x, x, ir::Tensor::of<float>(DType::f32, {3}, {0, 1, 0})},
                                  [&](const ir::Value&, const ir::Tensor& tensor) {
                                    for (std::int64_t i = 0; i < tensor.elements(); ++i)
                                      lowest = std::min(lowest, tensor.as_double(i));
                                  });
    ASSERT_TRUE(result) << result.error().text();
    EXPECT_GE(lowest, -20) << way;
    const std::vector<double> expected = {0.119203, 0, 0.880797, 0.817574, 0, 0.182426};
    for (std::size_t i = 0; i < expected.size(); ++i)
      EXPECT_NEAR(result.value()[0].as_double(static_cast<std::int64_t>(i)), expected[i], 1e-5) << way;
  }
}

}  // namespace
}  // namespace cortado::compiler
