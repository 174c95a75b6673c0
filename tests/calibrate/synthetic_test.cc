#include "compiler/calibrate/synthetic.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

namespace cortado::compiler {
namespace {

ir::Graph graph_with(std::vector<ir::Type> types) {
  ir::Graph graph;
  for (ir::Type& type : types) graph.add_input("x", std::move(type));
  return graph;
}

ir::Type type(DType dtype, ir::Shape shape) { return {dtype, std::move(shape), {}, {}}; }

TEST(Synthetic, PicturesStayWithinWhatNormalisationAllows) {
  const ir::Graph graph = graph_with({type(DType::f32, {1, 3, 32, 40})});
  const auto made_up = synthetic_samples(graph);
  ASSERT_TRUE(made_up);
  ASSERT_EQ(made_up.value().samples->size(), 20u);
  const Interval limits = *made_up.value().input_limits[0];
  EXPECT_NEAR(limits.lo, -0.485 / 0.229, 1e-12);
  EXPECT_NEAR(limits.hi, (1 - 0.406) / 0.225, 1e-12);
  for (std::size_t i = 0; i < 20; ++i) {
    const auto sample = made_up.value().samples->sample(i);
    ASSERT_TRUE(sample);
    const ir::Tensor& x = sample.value()[0];
    ASSERT_EQ(x.shape(), (ir::Shape{1, 3, 32, 40}));
    double lo = 100, hi = -100;
    for (std::int64_t k = 0; k < x.elements(); ++k)
      lo = std::min(lo, x.as_double(k)), hi = std::max(hi, x.as_double(k));
    EXPECT_GE(lo, limits.lo - 1e-6);
    EXPECT_LE(hi, limits.hi + 1e-6);
    EXPECT_GT(hi - lo, 0.5) << "image " << i << " is flat";
  }
}

TEST(Synthetic, NoiseIsLikeTheExample) {
  const ir::Tensor example = ir::Tensor::of<float>(DType::f32, {4}, {98, 102, 98, 102});
  const InputSpread spread = spread_of(example);
  EXPECT_EQ(spread.mean, 100);
  EXPECT_EQ(spread.deviation, 2);
  const InputSpread tokens = spread_of(ir::Tensor::of<std::int64_t>(DType::i64, {3}, {7, 3, 5}));
  EXPECT_EQ(tokens.lowest, 3);
  EXPECT_EQ(tokens.highest, 7);
  EXPECT_EQ(spread_of(ir::Tensor(DType::f32, {4})).deviation, 1);  // zeros tell nothing
  const ir::Graph graph = graph_with({type(DType::f32, {1000}), type(DType::i64, {1000})});
  const auto made_up = synthetic_samples(graph, {}, {.spreads = {spread, tokens}});
  ASSERT_TRUE(made_up);
  const Sample sample = made_up.value().samples->sample(0).value();
  double sum = 0;
  for (std::int64_t i = 0; i < 1000; ++i) {
    sum += sample[0].as_double(i);
    EXPECT_NEAR(sample[0].as_double(i), 100, 2 * 6);
    EXPECT_GE(sample[1].as_int(i), 3);
    EXPECT_LE(sample[1].as_int(i), 7);
  }
  EXPECT_NEAR(sum / 1000, 100, 0.3);
}

TEST(Synthetic, NeighboursAreAlikeAsInPhotographs) {
  const ir::Graph graph = graph_with({type(DType::f32, {1, 1, 64, 64})});
  const auto made_up = synthetic_samples(graph);
  ASSERT_TRUE(made_up);
  const auto roughness = [&](std::size_t i) {  // mean squared step between neighbours over the variance
    const ir::Tensor x = made_up.value().samples->sample(i).value()[0];
    double sum = 0, squares = 0, steps = 0;
    for (std::int64_t k = 0; k < 64 * 64; ++k) sum += x.as_double(k), squares += x.as_double(k) * x.as_double(k);
    for (std::int64_t k = 1; k < 64 * 64; ++k) steps += std::pow(x.as_double(k) - x.as_double(k - 1), 2);
    return steps / (squares - sum * sum / 4096);
  };
  for (std::size_t i = 0; i < 8; ++i) EXPECT_LT(roughness(i), 1.0) << i;    // dead leaves
  for (std::size_t i = 8; i < 16; ++i) EXPECT_LT(roughness(i), 1.2) << i;   // 1/f
  for (std::size_t i = 16; i < 20; ++i) EXPECT_GT(roughness(i), 1.7) << i;  // white: 2
}

TEST(Synthetic, TheSameEveryTimeInAnyOrder) {
  const ir::Graph graph =
      graph_with({type(DType::f32, {1, 3, 16, 16}), type(DType::f32, {4, 7}), type(DType::i64, {3})});
  const auto a = synthetic_samples(graph), b = synthetic_samples(graph);
  ASSERT_TRUE(a && b);
  for (std::size_t i = 0; i < 20; ++i) {
    const auto first = a.value().samples->sample(19 - i), second = b.value().samples->sample(19 - i);
    ASSERT_TRUE(first && second);
    for (std::size_t k = 0; k < 3; ++k)
      EXPECT_TRUE(std::ranges::equal(first.value()[k].bytes(), second.value()[k].bytes()));
    for (std::int64_t k = 0; k < 3; ++k) EXPECT_LE(first.value()[2].as_int(k), 1);
  }
  EXPECT_FALSE(a.value().input_limits[1]);
}

TEST(Synthetic, TheNoticeSaysWhatHappened) {
  const auto pictures = synthetic_samples(graph_with({type(DType::f32, {1, 3, 32, 32})}));
  const auto noise = synthetic_samples(graph_with({type(DType::f32, {1, 40})}));
  ASSERT_TRUE(pictures && noise);
  EXPECT_NE(pictures.value().notice.find("NO CALIBRATION DATA"), std::string::npos);
  EXPECT_NE(pictures.value().notice.find("pictures"), std::string::npos);
  EXPECT_NE(noise.value().notice.find("noise"), std::string::npos);
}

TEST(Synthetic, ABadNormalisationIsAUsageError) {
  const ir::Graph graph = graph_with({type(DType::f32, {1, 3, 32, 32})});
  for (const ImageNormalisation& bad :
       {ImageNormalisation{{0, 0}, {1, 1}}, ImageNormalisation{{0}, {0}}, ImageNormalisation{{0, 0, 0}, {1, 1}}}) {
    const auto made_up = synthetic_samples(graph, bad);
    ASSERT_FALSE(made_up);
    EXPECT_EQ(made_up.error().fault, Fault::usage);
    EXPECT_EQ(made_up.error().message,
              "mean and std of images must have one or three entries each, and std must be above 0");
  }
  EXPECT_TRUE(synthetic_samples(graph, {{0.5}, {0.5}}));
}

}  // namespace
}  // namespace cortado::compiler
