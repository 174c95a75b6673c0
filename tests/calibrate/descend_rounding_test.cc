#include "compiler/calibrate/descend_rounding.h"

#include <gtest/gtest.h>

#include <cmath>

#include "support/random.h"

namespace cortado::compiler {
namespace {

// Inputs that vary together: each is a mixture of a few common numbers, and 3 more on average.
std::vector<float> mixtures(std::size_t taps, std::size_t positions) {
  constexpr std::size_t common = 3;
  Random random(7);
  std::vector<double> mixing(taps * common), source(common * positions);
  for (double& x : mixing) x = random.normal();
  for (double& x : source) x = random.normal();
  std::vector<float> columns(taps * positions, 3);
  for (std::size_t k = 0; k < taps; ++k)
    for (std::size_t p = 0; p < positions; ++p)
      for (std::size_t i = 0; i < common; ++i)
        columns[k * positions + p] += static_cast<float>(mixing[k * common + i] * source[i * positions + p]);
  return columns;
}

// e · H · eᵀ, e = scale · rounded − weight
double cost(const std::vector<float>& weight, double scale, const std::vector<float>& h,
            const std::vector<std::int8_t>& rounded) {
  const std::size_t taps = weight.size();
  const auto error = [&](std::size_t k) { return rounded[k] * scale - static_cast<double>(weight[k]); };
  double sum = 0;
  for (std::size_t i = 0; i < taps; ++i)
    for (std::size_t j = 0; j < taps; ++j) sum += error(i) * static_cast<double>(h[i * taps + j]) * error(j);
  return sum;
}

TEST(Covariance, IsCentredAndDamped) {
  Covariance covariance(2);
  covariance.add(std::vector<float>{1, 3, 10, 10}, 2);  // tap 0: 1, 3; tap 1: 10, 10
  covariance.add(std::vector<float>{5, 7, 10, 10}, 2);  // 5, 7
  const std::vector<float> h = covariance.damped();
  ASSERT_EQ(h.size(), 4u);
  EXPECT_NEAR(h[0], 5 + 0.025, 1e-5);  // variance of 1 3 5 7, and .01 · (5 + 0) / 2
  EXPECT_NEAR(h[1], 0, 1e-5);
  EXPECT_NEAR(h[3], 0.025, 1e-5);
}

TEST(Covariance, OfWhatDoesNotVaryIsNone) {
  Covariance covariance(2);
  EXPECT_TRUE(covariance.damped().empty());
  covariance.add(std::vector<float>{2, 2, 0, 0}, 2);
  EXPECT_TRUE(covariance.damped().empty());
}

TEST(Covariance, KeepsNothingThatChanceExplains) {
  Random random(3);
  std::vector<float> few(24 * 8), common(24 * 8);
  for (float& x : few) x = static_cast<float>(random.normal());
  for (std::size_t i = 0; i < common.size(); ++i) common[i] = few[i % 8] + 0.1f * few[i];
  Covariance alone(24), together(24);
  alone.add(few, 8);
  together.add(common, 8);
  const std::vector<float> of_chance = alone.damped(), of_one = together.damped();
  EXPECT_EQ(of_chance[1], 0);
  EXPECT_GT(of_one[1], 0.5f * of_one[0]);
  EXPECT_LT(of_one[1], 0.9f * of_one[0]);  // eight positions: a quarter could be chance
}

TEST(DescendRounding, CostsLessThanTheNearest) {
  constexpr std::size_t taps = 24;
  Covariance covariance(taps);
  covariance.add(mixtures(taps, 500), 500);
  const std::vector<float> h = covariance.damped();
  Random random(1);
  std::vector<float> weight(taps);
  for (float& w : weight) w = static_cast<float>(random.normal());
  weight[5] = 4;
  const double scale = 4.0 / 127;
  std::vector<std::int8_t> nearest;
  for (const float w : weight)
    nearest.push_back(static_cast<std::int8_t>(std::nearbyint(static_cast<double>(w) / scale)));
  std::vector<std::int8_t> rounded = nearest;
  descend_rounding(weight, scale, h, by_decreasing_diagonal(h, taps), rounded);
  EXPECT_LT(cost(weight, scale, h, rounded), 0.5 * cost(weight, scale, h, nearest));
  for (const std::int8_t q : rounded) EXPECT_GE(q, -127);
}

TEST(DescendRounding, OfInputsThatVaryAloneIsTheNearest) {
  const std::vector<float> h = {2, 0, 0, 1}, weight = {0.4f, -1.6f};
  std::vector<std::int8_t> rounded = {0, -2};
  descend_rounding(weight, 1, h, by_decreasing_diagonal(h, 2), rounded);
  EXPECT_EQ(rounded, (std::vector<std::int8_t>{0, -2}));
}

TEST(DescendRounding, OneWeightMakesUpForAnother) {
  // Both inputs are nearly the same number: only the sum .4 + .4 counts, and 1 is nearer to it than 0.
  const std::vector<float> h = {1.01f, 1, 1, 1.01f}, weight = {0.4f, 0.4f};
  std::vector<std::int8_t> rounded = {0, 0};
  descend_rounding(weight, 1, h, by_decreasing_diagonal(h, 2), rounded);
  EXPECT_EQ(rounded, (std::vector<std::int8_t>{1, 0}));
}

TEST(DescendRounding, ColumnsGoByDecreasingVarianceThenInOrder) {
  const std::vector<float> h = {1, 0, 0, 0, 2, 0, 0, 0, 1};
  EXPECT_EQ(by_decreasing_diagonal(h, 3), (std::vector<std::size_t>{1, 0, 2}));
}

}  // namespace
}  // namespace cortado::compiler
