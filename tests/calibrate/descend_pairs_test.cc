#include "compiler/calibrate/descend_pairs.h"

#include <gtest/gtest.h>

#include <vector>

#include "compiler/calibrate/descend_rounding.h"

namespace cortado::compiler {
namespace {

TEST(DescendPairs, MoveTwoWhereOneStepIsTooMuch) {
  // v vᵀ and a little on the diagonal, v = (1, .75): the output is off by v · (−.25, 0), which +1 and −1 make up for.
  const std::vector<float> h = {1.01f, 0.75f, 0.75f, 0.5725f}, weight = {0.25f, 0};
  std::vector<std::int8_t> rounded = {0, 0};
  descend_rounding(weight, 1, h, by_decreasing_diagonal(h, 2), rounded);
  EXPECT_EQ(rounded, (std::vector<std::int8_t>{0, 0}));
  descend_pairs(weight, 1, h, rounded);
  EXPECT_EQ(rounded, (std::vector<std::int8_t>{1, -1}));
}

TEST(DescendPairs, MoveOneWhereThatIsBetter) {
  const std::vector<float> h = {1, 0, 0, 1}, weight = {0.9f, -2.6f};
  std::vector<std::int8_t> rounded = {0, 0};
  descend_pairs(weight, 1, h, rounded);
  EXPECT_EQ(rounded, (std::vector<std::int8_t>{1, -3}));
}

TEST(DescendPairs, StayInRange) {
  const std::vector<float> h = {1.01f, 0.75f, 0.75f, 0.5725f}, weight = {127.25f, 0};
  std::vector<std::int8_t> rounded = {127, 0};
  descend_pairs(weight, 1, h, rounded);
  EXPECT_EQ(rounded[0], 127);
}

TEST(DescendPairs, LeaveExactWeights) {
  const std::vector<float> h = {1.01f, 1, 1, 1.01f}, weight = {3, -5};
  std::vector<std::int8_t> rounded = {3, -5};
  descend_pairs(weight, 1, h, rounded);
  EXPECT_EQ(rounded, (std::vector<std::int8_t>{3, -5}));
}

}  // namespace
}  // namespace cortado::compiler
