#include "tests/conformance/compare.h"

#include <gtest/gtest.h>

#include <limits>

#include "tests/conformance/conformance_case.h"
#include "tests/conformance/process.h"
#include "tests/conformance/report.h"
#include "tests/conformance/runner.h"

namespace cortado::conformance {
namespace {

ir::Tensor floats(const std::vector<float>& values) {
  return ir::Tensor::of(DType::f32, {static_cast<std::int64_t>(values.size())}, values);
}

TEST(CompareExact, SeesEveryBit) {
  EXPECT_EQ(compare_exact(floats({1, 2}), floats({1, 2}), false), "");
  EXPECT_NE(compare_exact(floats({1, 2}), floats({1, 2.0000002f}), false), "");
  EXPECT_NE(compare_exact(floats({0.0f}), floats({-0.0f}), false), "");
  EXPECT_NE(compare_exact(floats({1}), floats({1, 2}), false), "");
}

TEST(CompareExact, AllowsRoundingWhereFloatOperatorsTakePart) {
  EXPECT_EQ(compare_exact(floats({2}), floats({2.0000002f}), true), "");
  EXPECT_NE(compare_exact(floats({2}), floats({2.000002f}), true), "");
  const auto bytes = [](std::int8_t v) { return ir::Tensor::of(DType::i8, {1}, std::vector<std::int8_t>{v}); };
  EXPECT_EQ(compare_exact(bytes(3), bytes(4), true), "");
  EXPECT_NE(compare_exact(bytes(3), bytes(5), true), "");
}

TEST(CompareWithin, RefusesNan) {
  const float nan = std::numeric_limits<float>::quiet_NaN();
  EXPECT_EQ(compare_within(floats({1.1f}), floats({1}), 0.1, 0.001, 1, 0), "");
  EXPECT_NE(compare_within(floats({1.2f}), floats({1}), 0.1, 0.001, 1, 0), "");
  EXPECT_NE(compare_within(floats({nan}), floats({1}), 1, 1, 1, 1), "");
  EXPECT_EQ(compare_within(floats({nan}), floats({nan}), 1, 1, 1, 1), "");
}

TEST(CompareAccuracy, FollowsTheRule) {
  const ir::Tensor truth = floats({0, 255}), near = floats({1, 254}), quantized = floats({1, 254});
  EXPECT_EQ(compare_accuracy(near, truth, &quantized, false), "");  // 1 ≤ 1.05 + 1.02
  const ir::Tensor far = floats({3, 252});
  EXPECT_NE(compare_accuracy(far, truth, &quantized, false), "");
  EXPECT_EQ(compare_accuracy(far, truth, &quantized, true), "");  // 3 ≤ 2 % of 255
  EXPECT_EQ(compare_accuracy(far, truth, nullptr, false), "");
  EXPECT_NE(compare_accuracy(floats({std::numeric_limits<float>::quiet_NaN(), 0}), truth, nullptr, true), "");
}

TEST(CompareAccuracy, TellsTheLargestErrorInSteps) {
  EXPECT_DOUBLE_EQ(largest_error_steps(floats({-1, 252.5f}), floats({0, 255})), 2.5);
  EXPECT_DOUBLE_EQ(largest_error_steps(floats({254, 255}), floats({255, 255})), 1);  // 0 belongs to the range
  EXPECT_EQ(largest_error_steps(floats({0}), floats({0})), 0);
  const float nan = std::numeric_limits<float>::quiet_NaN();
  EXPECT_GT(largest_error_steps(floats({nan, 1}), floats({0, 1})), 1e300);
}

TEST(OutputScales, AreFollowedThroughViews) {
  const auto scales = output_scales(
      "d1 = quantized_decomposed::dequantize_per_tensor.default(%q1, 0.5, 1, -128, 127, i8) : f32 [2] strides [1]\n"
      "v = aten::view.default(%d1, [1, 2]) : f32 [1, 2] strides [2, 1]\n"
      "a = aten::argmax.default(%x, -1) : i64 [1] strides [1]\n"
      "output([%v, %a])\n");
  EXPECT_EQ(scales, (std::vector<double>{0.5, 0}));
}

TEST(Process, ReportsHowAChildEnds) {
  EXPECT_TRUE(run_process({"/bin/true"}, std::chrono::seconds(10)).ok());
  EXPECT_EQ(run_process({"/bin/sh", "-c", "echo 'error: no luck' >&2; exit 1"}, std::chrono::seconds(10)).reason(),
            "no luck");
  EXPECT_NE(run_process({"/bin/sh", "-c", "kill -SEGV $$"}, std::chrono::seconds(10)).reason().find("signal 11"),
            std::string::npos);
  EXPECT_EQ(run_process({"/bin/sleep", "30"}, std::chrono::seconds(1)).reason(), "longer than 1 s");
}

TEST(Report, NamesFailuresWithTheirReasons) {
  Case test;
  test.kind = "networks";
  test.name = "mlp";
  const std::string text = report({{&test, Check::qdq, {true, ""}}, {&test, Check::accuracy, {false, "a | b"}}});
  EXPECT_NE(text.find("| networks | qdq | 1 | 1 |"), std::string::npos);
  EXPECT_NE(text.find("| networks/mlp | float | a   b |"), std::string::npos);
  EXPECT_NE(text.find("- networks/mlp: qdq"), std::string::npos);
}

TEST(Report, TellsTheLargestErrorOfOperatorsThatAreAlone) {
  Case a, b, both;
  a.kind = b.kind = both.kind = "operators";
  a.name = "a", b.name = "b", both.name = "both";
  a.operators = b.operators = {"aten::add.Tensor"};
  both.operators = {"aten::add.Tensor", "aten::mul.Tensor"};
  const auto row = [](const Case& test, double steps) { return Row{&test, Check::accuracy, {true, "", steps}}; };
  const std::string text = report({row(a, 0.5), row(b, 1.25), row(both, 9)});
  EXPECT_NE(text.find("| `aten::add.Tensor` | 1.2 | 2 | operators/b |"), std::string::npos) << text;
  EXPECT_EQ(text.find("aten::mul"), std::string::npos) << text;
}

}  // namespace
}  // namespace cortado::conformance
