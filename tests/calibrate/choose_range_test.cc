#include "compiler/calibrate/choose_range.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "compiler/calibrate/int8_parameters.h"
#include "compiler/calibrate/l2_range.h"
#include "compiler/calibrate/statistics.h"

namespace cortado::compiler {
namespace {

// Ten samples in 0 … 1, uniformly, of which one also holds a 10.
struct Outlier {
  Outlier() {
    for (int i = 0; i < 1000; ++i) numbers.push_back(static_cast<float>(i) / 999);
    for (int repeat = 0; repeat < 100; ++repeat) histogram.add(numbers, {0, 1});
    const float ten = 10;
    histogram.add({&ten, 1}, {10, 10});
    extremes[3].hi = 10;
  }
  std::vector<float> numbers;
  Histogram histogram;
  std::vector<Interval> extremes = std::vector<Interval>(10, Interval{0, 1});
};

TEST(ChooseRange, AnUnusualSampleDoesNotSetTheScale) {
  const Outlier data;
  const Interval range = choose_range(data.extremes, &data.histogram, {}, {10, false});
  EXPECT_EQ(range, (Interval{0, 1}));
}

// Eight sensors, ten times: a quarter of the samples have their largest number above the 75 % quantile.
TEST(ChooseRange, SamplesOfAFewNumbersAreNotClipped) {
  Histogram histogram;
  std::vector<Interval> extremes;
  for (int sample = 0; sample < 10; ++sample) {
    std::vector<float> numbers;
    for (int i = 0; i < 8; ++i) numbers.push_back(static_cast<float>((i * 10 + sample) * 37 % 80 - 40));
    extremes.push_back(
        {*std::min_element(numbers.begin(), numbers.end()), *std::max_element(numbers.begin(), numbers.end())});
    histogram.add(numbers, extremes.back());
  }
  EXPECT_EQ(choose_range(extremes, &histogram, {}, {10, false}), (Interval{-40, 39}));
}

TEST(ChooseRange, TheAnswerIsNeverClipped) {
  const Outlier data;
  const ValueRole answer{.is_answer = true};
  EXPECT_FALSE(needs_histogram(answer, {100, false}));
  EXPECT_EQ(choose_range(data.extremes, nullptr, answer, {100, false}).hi, 10);
  EXPECT_EQ(choose_range(data.extremes, nullptr, answer, {10, false}).hi, 15);
  EXPECT_EQ(choose_range(data.extremes, nullptr, answer, {4, false}).hi, 15);
  EXPECT_EQ(choose_range(data.extremes, nullptr, answer, {4, false, true}).hi, 25);
  EXPECT_EQ(choose_range(data.extremes, nullptr, answer, {1, false}).hi, 25);
  EXPECT_EQ(choose_range(data.extremes, nullptr, answer, {20, true}).hi, 30);
}

TEST(ChooseRange, FewSamplesGetRoomWithinTheLimits) {
  const std::vector<Interval> one = {{-4, 5.5}};
  EXPECT_NEAR(choose_range(one, nullptr, {}, {1, false}).lo, -4.4, 1e-9);
  EXPECT_NEAR(choose_range(one, nullptr, {}, {1, false}).hi, 6.05, 1e-9);
  EXPECT_EQ(choose_range(one, nullptr, {}, {1, false, true}), (Interval{-5, 6.875}));
  EXPECT_EQ(choose_range(one, nullptr, {.limits = Interval{0, 6}}, {1, false}), (Interval{0, 6}));
  EXPECT_EQ(choose_range(one, nullptr, {.is_input = true, .limits = Interval{-1, 1}}, {1, false}), (Interval{-1, 1}));
}

TEST(ChooseRange, QuantilesInterpolate) {
  EXPECT_DOUBLE_EQ(quantile({4, 1, 3, 2}, 0.5), 2.5);
  EXPECT_DOUBLE_EQ(quantile({4, 1, 3, 2}, 1), 4);
  EXPECT_DOUBLE_EQ(quantile({7}, 0.3), 7);
}

TEST(L2Range, IsNoWorseThanTheFullRangeAndKeepsItOnTies) {
  const Outlier data;
  const auto bins = data.histogram.occupied();
  const Interval best = l2_range(bins, {0, 10});
  EXPECT_LT(l2_cost(bins, best), l2_cost(bins, {0, 10}));
  const std::vector<Histogram::Bin> zeros = {{0, 100}};
  EXPECT_EQ(l2_range(zeros, {-1, 1}), (Interval{-1, 1}));
}

TEST(L2Range, TheCostIsTheSquaredErrorOfInt8) {
  const Interval range{-1, 1};  // scale 2/255, zero point rint(-128 + 127.5) = 0 (half to even)
  const double scale = 2.0 / 255;
  EXPECT_NEAR(l2_cost(std::vector<Histogram::Bin>{{0.4 * scale, 10}}, range), 10 * std::pow(0.4 * scale, 2), 1e-15);
  EXPECT_NEAR(l2_cost(std::vector<Histogram::Bin>{{2, 1}}, range), std::pow(2 - 127 * scale, 2), 1e-12);
}

TEST(Int8Parameters, ZeroIsExactAndInside) {
  const ir::Quantization positive = int8_parameters({2, 5.1});
  EXPECT_EQ(positive.zero_point[0], -128);
  EXPECT_DOUBLE_EQ(positive.scale[0], 5.1 / 255);
  const ir::Quantization negative = int8_parameters({-5.1, -2});
  EXPECT_EQ(negative.zero_point[0], 127);
  EXPECT_GT(int8_parameters({0, 0}).scale[0], 0);
}

TEST(Statistics, MeansAndExtremes) {
  const ir::Tensor x = ir::Tensor::of<float>(DType::f32, {1, 2, 3}, std::vector<float>{1, 2, 3, -4, -5, -6});
  const SampleStatistics channels = sample_statistics(x, 1);
  EXPECT_EQ(channels.channel_means, (std::vector<double>{2, -5}));
  EXPECT_EQ(channels.extremes, (Interval{-6, 3}));
  EXPECT_EQ(sample_statistics(x, -1).channel_means, (std::vector<double>{-1.5, -1.5, -1.5}));
  EXPECT_TRUE(sample_statistics(x, no_channels).channel_means.empty());
}

TEST(Statistics, NotFiniteIsNoticedAnywhere) {
  for (const float bad : {std::numeric_limits<float>::quiet_NaN(), std::numeric_limits<float>::infinity()})
    for (std::size_t at = 0; at < 19; ++at) {
      std::vector<float> numbers(19, 1.0f);
      numbers[at] = bad;
      EXPECT_FALSE(sample_statistics(ir::Tensor::of<float>(DType::f32, {19}, numbers), no_channels).finite) << at;
    }
  const float big = std::numeric_limits<float>::max();
  EXPECT_TRUE(sample_statistics(ir::Tensor::of<float>(DType::f32, {3}, std::vector<float>{big, big, -big}), no_channels)
                  .finite);
}

}  // namespace
}  // namespace cortado::compiler
