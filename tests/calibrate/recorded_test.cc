// Networks without data: what batch normalisation recorded stands in for samples.
#include <gtest/gtest.h>

#include <cmath>

#include "compiler/calibrate/calibrate.h"
#include "compiler/calibrate/match_record.h"
#include "compiler/calibrate/recorded_ranges.h"
#include "compiler/calibrate/synthetic.h"
#include "compiler/interpret/interpreter.h"
#include "compiler/normalise/normalise.h"

namespace cortado::compiler {
namespace {

constexpr double means[] = {1, -2, 0.5}, deviations[] = {2, 0.25, 1};

// x → linear → batch norm → relu → linear, and the batch norm's result once more plus itself by another layer. The
// statistics are of inputs a hundred times as large as the noise that calibration makes up.
struct Network {
  Network() {
    const ir::Type row{DType::f32, {1, 3}, {}, {}};
    x = graph.add_input("x", row);
    first = normalised(*x, "first");
    relu = graph.append("aten::relu.default", "relu", {{"self", first}}, {row})->outputs[0];
    second = normalised(*relu, "second");
    sum = graph.append("aten::add.Tensor", "sum", {{"self", relu}, {"other", second}}, {row})->outputs[0];
    last = graph
               .append("aten::linear.default", "last",
                       {{"input", sum}, {"weight", constant({3, 3}, {1, 0, 0, 0, 1, 0, 0, 0, 1})}}, {row})
               ->outputs[0];
    graph.add_output(*last, "y");
  }
  ir::Value* constant(ir::Shape shape, const std::vector<float>& numbers) {
    return graph.add_constant("c", ir::Tensor::of<float>(DType::f32, std::move(shape), numbers));
  }
  // y = BN(W x): gamma and beta are the deviations and means, the stored statistics those of large inputs.
  ir::Value* normalised(ir::Value& input, const std::string& name) {
    const ir::Type row{DType::f32, {1, 3}, {}, {}};
    ir::Value* product =
        graph
            .append("aten::linear.default", name,
                    {{"input", &input}, {"weight", constant({3, 3}, {1, 2, 0, -1, 1, 0, 0.5, 0, 3})}}, {row})
            ->outputs[0];
    return graph
        .append("aten::batch_norm.default", name + "_bn",
                {{"input", product},
                 {"weight", constant({3}, {2, -0.25, 1})},
                 {"bias", constant({3}, {1, -2, 0.5})},
                 {"running_mean", constant({3}, {50, 0, -20})},
                 {"running_var", constant({3}, {1e4, 1e4, 4e4})},
                 {"training", false},
                 {"momentum", 0.1},
                 {"eps", 1e-5},
                 {"cudnn_enabled", true}},
                {row})
        ->outputs[0];
  }
  ir::Graph graph;
  ir::Value *x, *first, *relu, *second, *sum, *last;
};

TEST(Recorded, StatisticsAreThoseOfTraining) {
  const Network network;
  const auto recorded = recorded_statistics(network.graph);
  ASSERT_TRUE(recorded) << recorded.error().text();
  ASSERT_EQ(recorded.value().size(), 2u);
  for (const auto& [name, statistics] : recorded.value())
    for (std::size_t c = 0; c < 3; ++c) {
      EXPECT_NEAR(statistics.means[c], means[c], 1e-5) << name;
      EXPECT_NEAR(statistics.deviations[c], deviations[c], 1e-5) << name;
    }
}

TEST(Recorded, RangesAreSixDeviationsAndSumsAddUp) {
  Network network;
  const auto recorded = recorded_statistics(network.graph);
  ASSERT_TRUE(recorded);
  ASSERT_TRUE(normalise(network.graph));
  std::map<std::string, Interval> ranges;
  for (const auto& [value, range] : recorded_ranges(network.graph, recorded.value())) ranges[value->name] = range;
  EXPECT_NEAR(ranges.at("first").lo, 1 - 12, 1e-4);
  EXPECT_NEAR(ranges.at("first").hi, 1 + 12, 1e-4);
  EXPECT_NEAR(ranges.at("relu").hi, 13, 1e-4);
  // relu of N(1, 2²): mean .5 + .6915 − … by hand: μΦ(μ/σ) + σφ(μ/σ), and its mean square.
  const double below = 0.5 * std::erfc(-0.5 / std::sqrt(2)), density = std::exp(-0.125) / std::sqrt(2 * M_PI);
  const double mean = below + 2 * density, square = 5 * below + 2 * density;
  EXPECT_NEAR(ranges.at("sum").hi, mean + 1 + 6 * std::sqrt(square - mean * mean + 4), 1e-4);
  EXPECT_FALSE(ranges.contains("last"));
}

TEST(Recorded, TheMatchedCopyHasTheRecordedMoments) {
  Network network;
  const auto recorded = recorded_statistics(network.graph);
  ASSERT_TRUE(recorded);
  ASSERT_TRUE(normalise(network.graph));
  const auto made_up = synthetic_samples(network.graph);
  ASSERT_TRUE(made_up);
  const auto matched = match_record(network.graph, *made_up.value().samples, recorded.value(), 0);
  ASSERT_TRUE(matched) << matched.error().text();
  std::map<std::string, std::vector<ir::Tensor>> seen;
  for (std::size_t i = 0; i < made_up.value().samples->size(); ++i)
    ASSERT_TRUE(
        interpret(matched.value(), made_up.value().samples->sample(i).value(),
                  [&](const ir::Value& value, const ir::Tensor& tensor) { seen[value.name].push_back(tensor); }));
  for (const char* name : {"first", "second"})
    for (std::int64_t c = 0; c < 3; ++c) {
      double sum = 0, squares = 0;
      for (const ir::Tensor& tensor : seen.at(name))
        sum += tensor.as_double(c), squares += std::pow(tensor.as_double(c), 2);
      EXPECT_NEAR(sum / 20, means[c], 1e-4) << name;
      EXPECT_NEAR(std::sqrt(squares / 20 - std::pow(sum / 20, 2)), deviations[c], 1e-4) << name;
    }
}

TEST(Recorded, CalibrationWithoutDataUsesThem) {
  Network network;
  CalibrationOptions options;
  options.progress = false;
  options.synthetic = true;
  auto recorded = recorded_statistics(network.graph);
  ASSERT_TRUE(recorded);
  ASSERT_TRUE(normalise(network.graph));
  const auto made_up = synthetic_samples(network.graph, {}, {.recorded = recorded.value()});
  ASSERT_TRUE(made_up);
  EXPECT_NE(made_up.value().notice.find("what batch normalisation recorded"), std::string::npos);
  const auto plain = calibrate(network.graph, *made_up.value().samples, options);
  options.recorded = recorded.value();
  const auto informed = calibrate(network.graph, *made_up.value().samples, options);
  ASSERT_TRUE(plain && informed);
  EXPECT_EQ(informed.value().values.at("relu").range, (Interval{0, informed.value().values.at("relu").range.hi}));
  EXPECT_NEAR(informed.value().values.at("relu").range.hi, 13, 1e-4);
  EXPECT_LT(plain.value().values.at("relu").range.hi,
            2);  // noise moves the first layer by a hundredth of what data does
  EXPECT_NEAR(informed.value().channel_means.at("sum").means[1], -2, 0.2);  // relu has nearly nothing left of channel 1
  EXPECT_EQ(informed.value().model, plain.value().model);
  options.synthetic = false;  // real samples know better
  const auto real = calibrate(network.graph, *made_up.value().samples, options);
  ASSERT_TRUE(real);
  EXPECT_LT(real.value().values.at("relu").range.hi, 2);
}

}  // namespace
}  // namespace cortado::compiler
