#include "support/real_math.h"

#include <gtest/gtest.h>

#include <cmath>
#include <functional>
#include <limits>

namespace cortado {
namespace {

using Function = double (*)(double);

// Relative to the C library's, over arguments of many sizes.
void expect_close(const char* name, Function ours, Function theirs, double low, double high) {
  for (int i = 0; i <= 20000; ++i) {
    const double even = low + (high - low) * i / 20000;
    const double small = even * std::pow(10.0, -(i % 9));
    for (double x : {even, small}) {
      if (x < low || x > high) continue;
      const double expected = theirs(x);
      const double error = std::fabs(ours(x) - expected);
      ASSERT_LE(error, 1e-13 * std::fabs(expected) + 1e-300)
          << name << "(" << x << ") = " << ours(x) << ", not " << expected;
    }
  }
}

#define COMPARE(function, low, high) \
  expect_close(#function, real::function, [](double x) { return std::function(x); }, low, high)

TEST(RealMath, AgreesWithTheLibrary) {
  COMPARE(exp, -700, 700);
  COMPARE(expm1, -30, 80);
  COMPARE(log, 1e-300, 1e6);
  COMPARE(log1p, -0.999, 1e6);
  COMPARE(atan, -50, 50);
  COMPARE(asin, -1, 1);
  COMPARE(acos, -1, 0.99);
  COMPARE(sinh, -50, 50);
  COMPARE(cosh, -50, 50);
  COMPARE(tanh, -25, 25);
  COMPARE(asinh, -1e5, 1e5);
  COMPARE(acosh, 1.001, 1e5);
  COMPARE(atanh, -0.999, 0.999);
  COMPARE(erf, -7, 7);
}

// Near multiples of π relative errors grow; absolute ones must not.
TEST(RealMath, AnglesAgree) {
  for (int i = -200000; i <= 200000; ++i) {
    const double x = i * 0.0137;
    ASSERT_NEAR(real::sin(x), std::sin(x), 1e-13) << x;
    ASSERT_NEAR(real::cos(x), std::cos(x), 1e-13) << x;
  }
  for (double y : {-3.0, -0.0, 0.0, 2.0, 1e300})
    for (double x : {-5.0, -0.0, 0.0, 1e-300, 7.0})
      ASSERT_NEAR(real::atan2(y, x), std::atan2(y, x), 1e-15) << y << " " << x;
}

TEST(RealMath, PowersAgree) {
  for (double x : {-8.0, -1.5, -1.0, -0.0, 0.0, 0.3, 1.0, 2.0, 77.7})
    for (double y : {-3.0, -0.5, 0.0, 0.5, 1.0, 2.0, 3.0, 10.0, 11.5}) {
      const double expected = std::pow(x, y);
      if (std::isnan(expected))
        ASSERT_TRUE(std::isnan(real::pow(x, y))) << x << " " << y;
      else if (std::isinf(expected) || expected == 0)
        ASSERT_EQ(real::pow(x, y), expected) << x << " " << y;
      else
        ASSERT_NEAR(real::pow(x, y) / expected, 1, 1e-13) << x << " " << y;
    }
}

TEST(RealMath, Limits) {
  const double infinity = std::numeric_limits<double>::infinity();
  EXPECT_EQ(real::exp(-infinity), 0);
  EXPECT_EQ(real::exp(infinity), infinity);
  EXPECT_EQ(real::log(0), -infinity);
  EXPECT_TRUE(std::isnan(real::log(-1)));
  EXPECT_EQ(real::tanh(infinity), 1);
  EXPECT_EQ(real::erf(-infinity), -1);
  EXPECT_EQ(real::atanh(1), infinity);
  EXPECT_TRUE(std::isnan(real::asin(2)));
  EXPECT_TRUE(std::isnan(real::sin(infinity)));
  EXPECT_TRUE(std::isnan(real::exp(std::numeric_limits<double>::quiet_NaN())));
  EXPECT_EQ(real::sigmoid(-infinity), 0);
  EXPECT_EQ(real::sigmoid(infinity), 1);
}

}  // namespace
}  // namespace cortado
