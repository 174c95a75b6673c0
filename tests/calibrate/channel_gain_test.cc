#include "compiler/calibrate/channel_gain.h"

#include <gtest/gtest.h>

#include "compiler/calibrate/calibrate.h"
#include "compiler/calibrate/helpful_gains.h"
#include "compiler/calibrate/output_noise.h"
#include "compiler/interpret/interpreter.h"
#include "tests/calibrate/noise.h"

namespace cortado::compiler {
namespace {

using testing::f32;
using testing::noise;
using Sizes = std::vector<std::int64_t>;

// x [1, 3, 6, 6] → conv to 4 → `activation` → depthwise 3x3. Channel 0 is the largest; all count alike in the end.
ir::Graph network(const char* activation, std::vector<ir::NamedArgument> limits) {
  ir::Graph graph;
  const auto conv = [&](const char* name, ir::Value* x, ir::Tensor weight, std::int64_t padding, std::int64_t groups) {
    ir::Value* w = graph.add_constant(std::string(name) + "_w", std::move(weight));
    ir::Value* b = graph.add_constant(std::string(name) + "_b", noise({4}, 9));
    return graph
        .append("aten::conv2d.default", name,
                {{"input", x},
                 {"weight", w},
                 {"bias", b},
                 {"stride", Sizes{1, 1}},
                 {"padding", Sizes{padding, padding}},
                 {"dilation", Sizes{1, 1}},
                 {"groups", groups}},
                {f32({1, 4, 6, 6})})
        ->outputs[0];
  };
  ir::Value* x = graph.add_input("x", f32({1, 3, 6, 6}));
  ir::Tensor weight = noise({4, 3, 1, 1}, 1);
  for (int i = 0; i < 3; ++i) weight.mutable_data<float>()[i] *= 10;
  x = conv("expand", x, weight, 0, 1);
  limits.insert(limits.begin(), {"self", x});
  x = graph.append(activation, "act", limits, {f32({1, 4, 6, 6})})->outputs[0];
  ir::Tensor filters = noise({4, 1, 3, 3}, 2);
  for (int i = 9; i < 36; ++i) filters.mutable_data<float>()[i] *= 10;
  x = conv("depthwise", x, filters, 1, 4);
  graph.add_output(*x, "y");
  return graph;
}

// Channels that vary nearly as one.
ir::Tensor alike(std::uint64_t seed) {
  ir::Tensor x = noise({1, 3, 6, 6}, seed);
  float* first = x.mutable_data<float>();
  for (int i = 36; i < 108; ++i) first[i] = first[i % 36] + 0.2f * first[i];
  return x;
}

TEST(ChannelGain, ChangesNothingThatComesOut) {
  ir::Graph graph = network("aten::relu.default", {});
  const ir::Tensor x = noise({1, 3, 6, 6}, 5);
  const auto before = interpret(graph, {x});
  ASSERT_TRUE(before) << before.error().text();
  ASSERT_TRUE(apply_gains(graph, {{"act", {1, 4, 2.5, 3}}}));
  std::vector<ir::Tensor> inside;
  Session session = Session::create(graph).value();
  const auto after = session.run({x}, [&](const ir::Value& value, const ir::Tensor& tensor) {
    if (value.name == "act") inside.push_back(tensor);
  });
  ASSERT_TRUE(after) << after.error().text();
  for (std::int64_t i = 0; i < before.value()[0].elements(); ++i)
    EXPECT_NEAR(after.value()[0].as_double(i), before.value()[0].as_double(i), 1e-3);
  ASSERT_EQ(inside.size(), 1u);
}

TEST(ChannelGain, IsOnlyWhereDepthwiseConvolutionsAloneRead) {
  ir::Graph graph = network("aten::hardtanh.default", {{"min_val", 0.0}, {"max_val", 6.0}});
  auto places = find_gain_places(graph);
  ASSERT_EQ(places.size(), 1u);
  EXPECT_EQ(places[0].value->name, "act");
  EXPECT_EQ(places[0].layer->name, "expand");
  EXPECT_EQ(places[0].limit, 6.0);
  EXPECT_TRUE(find_gain_places(network("aten::hardswish.default", {})).empty());  // k·f(x) is not f(k·x)
  EXPECT_TRUE(find_gain_places(network("aten::hardtanh.default", {{"min_val", -1.0}, {"max_val", 1.0}})).empty());
  ir::Value* act = graph.snapshot()[1]->outputs[0];
  graph.add_output(*act, "also");
  EXPECT_TRUE(find_gain_places(graph).empty());
}

TEST(ChannelGain, FollowsTheFormula) {
  EXPECT_EQ(choose_gains(std::vector<double>{8, 4, 1, 0}, std::nullopt), (std::vector<double>{1, 2, 4, 4}));
  EXPECT_EQ(choose_gains(std::vector<double>{6, 5, 2, 0.5}, 6.0), (std::vector<double>{1, 1, 1.5, 4}));
}

TEST(ChannelGain, OthersAreNamed) {
  ir::Graph graph = network("aten::relu.default", {});
  const auto few = apply_gains(graph, {{"act", {1, 2}}});
  ASSERT_FALSE(few);
  EXPECT_NE(few.error().message.find("the ranges have 2 gains for 'act', which has 4 channels"), std::string::npos);
  const auto misplaced = apply_gains(graph, {{"x", {1, 2, 3}}});
  ASSERT_FALSE(misplaced);
  EXPECT_EQ(misplaced.error().text(),
            "the ranges have gains for values that cannot have them\n  hint: calibrate this model again");
}

TEST(Thorough, WantsEnoughSamples) {
  const ir::Graph graph = network("aten::relu.default", {});
  CalibrationOptions options;
  options.thorough = true;
  options.progress = false;
  const TensorSamples few(std::vector<Sample>(31, Sample{noise({1, 3, 6, 6}, 1)}));
  const auto refused = calibrate(graph, few, options);
  ASSERT_FALSE(refused);
  EXPECT_NE(refused.error().message.find("the thorough recipe needs at least 32 samples, there are 31"),
            std::string::npos);
  EXPECT_EQ(calibrate(graph, TensorSamples({}), {}).error().message, "there is no calibration data");
  Sample damaged = {noise({1, 3, 6, 6}, 1)};
  damaged[0].mutable_data<float>()[5] = std::nanf("");
  const auto not_finite = calibrate(graph, TensorSamples({damaged}), {.progress = false});
  ASSERT_FALSE(not_finite);
  EXPECT_NE(not_finite.error().text().find("'x' holds NaN or infinity"), std::string::npos)
      << not_finite.error().text();
  EXPECT_NE(not_finite.error().text().find("a sample that is outside of what the model was made for"),
            std::string::npos);
  std::vector<Sample> many;
  for (std::uint64_t seed = 0; seed < 32; ++seed) many.push_back({alike(seed)});
  const auto ranges = calibrate(graph, TensorSamples(many), options);
  ASSERT_TRUE(ranges) << ranges.error().text();
  EXPECT_EQ(ranges.value().recipe, "thorough");
  const auto& gains = ranges.value().gains.at("act");
  ASSERT_EQ(gains.size(), 4u);
  EXPECT_EQ(gains[0], 1);
  EXPECT_GT(gains[1], 1);
  EXPECT_TRUE(ranges.value().roundings.contains("expand"));
  options.threads = 1;
  EXPECT_EQ(calibrate(graph, TensorSamples(many), options).value(), ranges.value());
}

TEST(SmallKernels, AreRoundedByTheirCovarianceWithAnySamples) {
  const ir::Graph graph = network("aten::relu.default", {});
  CalibrationOptions options;
  options.progress = false;
  const Ranges of_one = calibrate(graph, TensorSamples({{alike(1)}}), options).value();
  EXPECT_EQ(of_one.recipe, "default");
  EXPECT_TRUE(of_one.roundings.contains("expand"));
  options.synthetic = true;  // numbers that were made up vary alone
  EXPECT_TRUE(calibrate(graph, TensorSamples({{alike(1)}}), options).value().roundings.empty());
}

TEST(SmallKernels, OfWeightsThatAreIntegersAlreadyStay) {
  ir::Graph graph = network("aten::relu.default", {});
  for (const auto& node : graph.nodes()) {
    if (node->find("weight") == nullptr) continue;
    ir::Tensor& weight = std::get<ir::Value*>(*node->find("weight"))->data;
    const std::int64_t row = weight.elements() / weight.shape()[0];
    for (std::int64_t i = 0; i < weight.elements(); ++i)
      weight.mutable_data<float>()[i] = i % row == 0 ? 127.0f : static_cast<float>(i * 37 % 255 - 127);
  }
  const Ranges ranges = calibrate(graph, TensorSamples({{alike(1)}}), {.progress = false}).value();
  EXPECT_TRUE(ranges.roundings.empty());
}

TEST(HelpfulGains, AreKeptWhereTheReaderHasLessNoise) {
  const ir::Graph graph = network("aten::relu.default", {});
  std::vector<Sample> samples;
  for (std::uint64_t seed = 0; seed < 8; ++seed) samples.push_back({noise({1, 3, 6, 6}, seed)});
  Ranges plain, gained;
  plain.values["act"].range = {0, 200};
  gained.gains["act"] = {1, 4, 4, 4};
  gained.values["act"].range = {0, 200};
  const auto kept = helpful_gains(graph, TensorSamples(samples), plain, gained, 0, false);
  ASSERT_TRUE(kept) << kept.error().text();
  EXPECT_EQ(kept.value(), gained.gains);
  gained.values["act"].range = {0, 2000};  // all are told in larger steps than before
  EXPECT_TRUE(helpful_gains(graph, TensorSamples(samples), plain, gained, 0, false).value().empty());
}

TEST(OutputNoise, FallsWithBetterRanges) {
  const ir::Graph graph = network("aten::relu.default", {});
  std::vector<Sample> samples;
  for (std::uint64_t seed = 0; seed < 8; ++seed) samples.push_back({noise({1, 3, 6, 6}, seed)});
  const TensorSamples source(samples);
  CalibrationOptions options;
  options.progress = false;
  const Ranges good = calibrate(graph, source, options).value();
  Ranges bad = good;
  bad.values.at("act").range = {0, 10000};
  const auto noise = OutputNoise::create(graph, source, 2, false);
  ASSERT_TRUE(noise);
  const double small = noise.value().of(good).value(), large = noise.value().of(bad).value();
  EXPECT_GT(small, 0);
  EXPECT_LT(small, 0.01);
  EXPECT_GT(large, 4 * small);
  bad.model = "hash64:0000000000000000";
  EXPECT_FALSE(noise.value().of(bad));
}

}  // namespace
}  // namespace cortado::compiler
