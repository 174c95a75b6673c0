#include "compiler/calibrate/histogram.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <random>
#include <vector>

namespace cortado::compiler {
namespace {

void add(Histogram& histogram, const std::vector<float>& numbers) {
  const auto [lo, hi] = std::minmax_element(numbers.begin(), numbers.end());
  histogram.add(numbers, {*lo, *hi});
}

bool equal(const Histogram& a, const Histogram& b) {
  const auto same = [](const Histogram::Bin& x, const Histogram::Bin& y) {
    return x.centre == y.centre && x.count == y.count;
  };
  const auto bins_a = a.occupied(), bins_b = b.occupied();
  return std::equal(bins_a.begin(), bins_a.end(), bins_b.begin(), bins_b.end(), same);
}

TEST(Histogram, ZeroIsExactAndTheRestIsNearItsCentre) {
  Histogram histogram;
  add(histogram, {0, 0, -0.0f, -1, 1.1f, 1e-6f});
  const auto bins = histogram.occupied();
  ASSERT_EQ(bins.size(), 3u);
  EXPECT_NEAR(bins[0].centre, -1, 2.0 / 4096);
  EXPECT_EQ(bins[1].centre, 0);
  EXPECT_EQ(bins[1].count, 4);
  EXPECT_NEAR(bins[2].centre, 1.1, 2.0 / 4096);
}

TEST(Histogram, TheOrderAndThePortionsDoNotMatter) {
  std::mt19937 random(1);
  std::vector<std::vector<float>> portions;
  for (int i = 0; i < 30; ++i) {  // 2^-140 … 2^120: from subnormal numbers to nearly the largest
    std::vector<float> portion;
    const int exponent = static_cast<int>(random() % 260) - 140;
    for (int k = 0; k < 200; ++k)
      portion.push_back(static_cast<float>(std::ldexp(static_cast<double>(random()) / 4294967296.0 - 0.5, exponent)));
    portions.push_back(portion);
  }
  portions.push_back({0});
  portions.push_back({3.4028235e38f, -3.4028235e38f, 1, -1});
  Histogram forwards, backwards, first_half, second_half;
  for (std::size_t i = 0; i < portions.size(); ++i) {
    add(forwards, portions[i]);
    add(backwards, portions[portions.size() - 1 - i]);
    add(i < 10 ? first_half : second_half, portions[i]);
  }
  EXPECT_TRUE(equal(forwards, backwards));
  Histogram merged = first_half;
  merged.add(second_half);
  EXPECT_TRUE(equal(forwards, merged));
  second_half.add(first_half);
  EXPECT_TRUE(equal(forwards, second_half));
}

TEST(Histogram, NearlyAlikeOrdersOfMagnitudeMergeExactly) {
  Histogram grown, at_once;
  for (int i = -4095; i < 4096; ++i) add(grown, {static_cast<float>(i)});
  std::vector<float> all;
  for (int i = -4095; i < 4096; ++i) all.push_back(static_cast<float>(i));
  add(at_once, all);
  EXPECT_TRUE(equal(grown, at_once));
  add(grown, {8191});
  const auto bins = grown.occupied();
  EXPECT_EQ(bins[0].count, 2);  // −4095 and −4094
  EXPECT_EQ(bins.back().centre, 8191);
}

TEST(Histogram, ManyNumbersAtOnceCountLikeFew) {
  std::mt19937 random(2);
  std::vector<float> numbers;
  for (int i = 0; i < 100003; ++i)
    numbers.push_back(i % 3 == 0 ? 0.0f : static_cast<float>(static_cast<double>(random()) / 4294967296.0 - 0.3));
  Histogram at_once, in_portions;
  add(at_once, numbers);
  for (std::size_t i = 0; i < numbers.size(); i += 1000)
    add(in_portions, {numbers.begin() + static_cast<std::ptrdiff_t>(i),
                      numbers.begin() + static_cast<std::ptrdiff_t>(std::min(i + 1000, numbers.size()))});
  EXPECT_TRUE(equal(at_once, in_portions));
  double count = 0;
  for (const Histogram::Bin& bin : at_once.occupied()) count += bin.count;
  EXPECT_EQ(count, 100003);
}

}  // namespace
}  // namespace cortado::compiler
