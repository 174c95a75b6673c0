#include "compiler/quantize/weights.h"

#include <gtest/gtest.h>

#include <cmath>
#include <cstdlib>

namespace cortado::compiler {
namespace {

ir::Tensor weight(ir::Shape shape, const std::vector<float>& values) {
  return ir::Tensor::of<float>(DType::f32, std::move(shape), values);
}

TEST(Weights, TheLargestIs127PerChannel) {
  const ir::Tensor w = weight({2, 2}, {1, -2, 0.5f, 0.25f});
  EXPECT_EQ(weight_scales(w, 0), (std::vector<double>{2.0 / 127, 0.5 / 127}));
  EXPECT_EQ(weight_scales(w, 1), (std::vector<double>{1.0 / 127, 2.0 / 127}));
  EXPECT_EQ(weight_scales(w, ir::Quantization::per_tensor), (std::vector<double>{2.0 / 127}));
  const ir::Tensor q = rounded_weight(w, weight_quantization(weight_scales(w, 0), 0));
  EXPECT_EQ(q.as_int(0), 64);  // 63.5, to even
  EXPECT_EQ(q.as_int(1), -127);
  EXPECT_EQ(q.as_int(2), 127);
  EXPECT_EQ(q.as_int(3), 64);
}

TEST(Weights, AGridOf127StepsIsExact) {
  std::vector<float> values;
  for (int i = -127; i <= 127; ++i) values.push_back(static_cast<float>(i * 0.013));
  const ir::Tensor w = weight({1, 255}, values);
  const ir::Quantization quantization = weight_quantization(weight_scales(w, 0), 0);
  const ir::Tensor q = rounded_weight(w, quantization);
  for (int i = -127; i <= 127; ++i) EXPECT_EQ(q.as_int(i + 127), i);
  const ir::Tensor error = rounding_error(w, q, quantization);
  for (std::int64_t i = 0; i < error.elements(); ++i) EXPECT_LT(std::fabs(error.data<float>()[i]), 1e-6f);
}

TEST(SafeScales, ZeroChannelsGetTheUsualScale) {
  EXPECT_EQ(safe_scales({0.5, 0, 0.25}, {}, 1, 1)[1], 0.5);
  EXPECT_GT(safe_scales({0}, {}, 0.1, 0.2)[0], 0);
}

TEST(SafeScales, TheBiasFitsWithRoomForTheSum) {
  const std::vector<double> bias = {1e6, -3};
  const double input_scale = 0.01;
  const std::vector<double> scales = safe_scales({1e-7, 1e-3}, bias, input_scale, 1);
  const ir::Quantization w = weight_quantization(scales, 0);
  const ir::Tensor rounded = rounded_bias(bias, bias_quantization(w, input_scale));
  for (std::int64_t o = 0; o < 2; ++o) {
    EXPECT_LE(std::llabs(rounded.as_int(o)), std::int64_t{1} << 30);
    EXPECT_NEAR(rounded.as_double(o) * scales[static_cast<std::size_t>(o)] * input_scale,
                bias[static_cast<std::size_t>(o)], input_scale * scales[static_cast<std::size_t>(o)]);
  }
  EXPECT_EQ(scales[1], 1e-3) << "a channel that fits keeps its scale";
  EXPECT_EQ(safe_scales({1e-7}, bias, input_scale, 1).size(), 1u);
}

TEST(SafeScales, TheMultiplierStaysInReach) {
  const double scale = safe_scales({1e-30}, {}, 0.1, 0.05)[0];
  EXPECT_GE(0.1 * scale / 0.05, std::ldexp(1.0, -25));
}

TEST(Weights, RoundingMovesWithinTheLimitsWhereTheScaleIsTheWeights) {
  const ir::Tensor w = weight({2, 2}, {127, -3, 1, 2});
  const std::vector<double> scales = weight_scales(w, 0);
  ir::Quantization quantization = weight_quantization(scales, 0);
  ir::Tensor q = rounded_weight(w, quantization);
  const std::vector<std::int8_t> steps = {1, -1, 1, 0};
  add_rounding(steps, scales, quantization, q);
  EXPECT_EQ(q.as_int(0), 127);
  EXPECT_EQ(q.as_int(1), -4);
  EXPECT_EQ(q.as_int(2), 65);
  quantization.scale[1] *= 2;  // raised for the bias: the steps were for another grid
  q = rounded_weight(w, quantization);
  add_rounding(steps, scales, quantization, q);
  EXPECT_EQ(q.as_int(2), 32);
}

}  // namespace
}  // namespace cortado::compiler
