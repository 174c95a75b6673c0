#include "support/fixed_point.h"

#include <gtest/gtest.h>

#include <cmath>

#include "support/multiplier.h"

namespace cortado {
namespace {

TEST(FixedPoint, RoundingDivisionRoundsHalvesAwayFromZero) {
  EXPECT_EQ(rounding_divide_by_power_of_two(5, 1), 3);
  EXPECT_EQ(rounding_divide_by_power_of_two(-5, 1), -3);
  EXPECT_EQ(rounding_divide_by_power_of_two(-6, 2), -2);
  EXPECT_EQ(rounding_divide_by_power_of_two(INT32_MIN, 31), -1);
  EXPECT_EQ(rounding_divide_by_power_of_two(INT32_MAX, 31), 1);
}

TEST(FixedPoint, HighMultiplySaturatesOnlyAtBothMinima) {
  EXPECT_EQ(doubling_high_multiply(INT32_MIN, INT32_MIN), INT32_MAX);
  EXPECT_EQ(doubling_high_multiply(1 << 30, 1 << 30), 1 << 29);
}

TEST(FixedPoint, RequantizeIsTheRealProductToOneUnit) {
  for (const double factor : {0.75, 0.001, 0.0000431, 1.0, 3.7}) {
    const Multiplier m = to_multiplier(factor);
    for (const int value : {-123456, -1000, -1, 0, 1, 77, 100000})
      EXPECT_NEAR(requantize(value, m.multiplier, m.shift), value * factor, 1.0) << factor << " " << value;
  }
}

TEST(FixedPoint, MultiplierRoundTripsThroughTheFactor) {
  EXPECT_EQ(to_multiplier(0.0).multiplier, 0);
  EXPECT_EQ(to_multiplier(0.5).multiplier, 1 << 30);
  EXPECT_EQ(to_multiplier(0.5).shift, 0);
  const Multiplier near_one = to_multiplier(1.0 - 0x1p-40);  // the mantissa rounds up to 2^31
  EXPECT_EQ(near_one.multiplier, 1 << 30);
  EXPECT_EQ(near_one.shift, 1);
}

}  // namespace
}  // namespace cortado
