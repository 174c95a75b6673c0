// Channels without effect are left out, operator by operator, and where that would change a byte they stay.
#include "tests/native/channel_network.h"

namespace cortado::testing {
namespace {

// Outputs 1, 2, 5 and 6 of eight are the value `stored`, whatever the input.
Edit four_are(std::int32_t stored) {
  return [=](LayerData& data) {
    for (const std::int64_t o : {1, 2, 5, 6})
      data.kill(o, (stored - static_cast<std::int32_t>(ChannelNetwork::zero_point)) * 256);
  };
}
constexpr std::int32_t at_zero_point = ChannelNetwork::zero_point, elsewhere = 33;

using Middle = std::function<ir::Value*(ChannelNetwork&, ir::Value*)>;

// Channels that go from a convolution with four dead outputs, what `middle` makes of it, and a pointwise convolution.
std::size_t dropped_between(const Edit& edit, const Middle& middle, bool as_streams = false) {
  ChannelNetwork net;
  ir::Value* x = net.conv(net.input(), {.outputs = 8, .kernel = 3, .padding = 1}, edit);
  net.graph.add_output(*net.conv(middle(net, x), {}), "y");
  return checked_drop(net.graph, as_streams);
}

std::size_t dropped_before(std::int32_t stored, LayerShape shape) {
  ChannelNetwork net;
  net.graph.add_output(*net.conv(net.conv(net.input(), {}, four_are(stored)), shape), "y");
  return checked_drop(net.graph);
}

TEST(DropChannels, ConstantsGoIntoTheBiasOfTheNextConvolution) {
  EXPECT_EQ(dropped_before(elsewhere, {.kernel = 1}), 4u);
  EXPECT_EQ(dropped_before(elsewhere, {.kernel = 3}), 4u);
  EXPECT_EQ(dropped_before(127, {.kernel = 3, .stride = 2}), 4u);
}

TEST(DropChannels, AtABorderConstantsMustBeThePaddingsValue) {
  EXPECT_EQ(dropped_before(elsewhere, {.kernel = 3, .padding = 1}), 0u);
  EXPECT_EQ(dropped_before(at_zero_point + 1, {.kernel = 3, .padding = 1}), 0u);
  EXPECT_EQ(dropped_before(at_zero_point, {.kernel = 3, .padding = 1}), 4u);
  EXPECT_EQ(dropped_before(elsewhere, {.kernel = 1, .padding = 1}), 0u);
}

// What reads only constants is one itself, but not where the padding's value is another.
TEST(DropChannels, AtABorderSumsOfConstantsAreNone) {
  const auto dropped = [](std::int32_t stored) {
    return dropped_between(four_are(stored), [](ChannelNetwork& net, ir::Value* x) {
      return net.conv(x, {.kernel = 3, .padding = 1}, [](LayerData& data) {
        for (const std::int64_t i : {0, 3, 4, 7}) data.ignore(i);
      });
    });
  };
  EXPECT_EQ(dropped(elsewhere), 4u) << "those of the first that are not read";
  EXPECT_EQ(dropped(at_zero_point), 4u + 4u) << "all of both but one unit";
}

TEST(DropChannels, DepthwiseConvolutionsPassConstantsOn) {
  const auto dropped = [](std::int32_t stored, LayerShape shape, std::int64_t multiplier = 1) {
    return dropped_between(four_are(stored),
                           [=](ChannelNetwork& net, ir::Value* x) { return net.depthwise(x, shape, {}, multiplier); });
  };
  EXPECT_EQ(dropped(elsewhere, {.kernel = 3}), 8u);
  EXPECT_EQ(dropped(elsewhere, {.kernel = 3, .padding = 1}), 0u) << "the border is another constant";
  EXPECT_EQ(dropped(at_zero_point, {.kernel = 3, .padding = 1}), 8u);
  EXPECT_EQ(dropped(at_zero_point, {.kernel = 3, .padding = 1}, 2), 12u);
}

TEST(DropChannels, DepthwiseOutputsWithoutWeightsNeedNoInput) {
  ChannelNetwork net;
  ir::Value* x = net.depthwise(net.conv(net.input(), {}), {.kernel = 3, .padding = 1}, four_are(elsewhere));
  net.graph.add_output(*net.conv(x, {}), "y");
  EXPECT_EQ(checked_drop(net.graph), 8u);
}

TEST(DropChannels, OutputsWithTinyFactorsAreConstants) {
  const Edit edit = [](LayerData& data) {
    for (const std::int64_t o : {0, 3, 4, 7}) data.shifts.mutable_data<std::int32_t>()[o] = -31;
  };
  EXPECT_EQ(dropped_between(edit, [](ChannelNetwork&, ir::Value* x) { return x; }), 4u);
}

TEST(DropChannels, WhatNothingReadsGoes) {
  ChannelNetwork net;
  ir::Value* x =
      net.conv(net.conv(net.input(), {.outputs = 12}), {.outputs = 8, .kernel = 3, .padding = 1}, [](LayerData& data) {
        for (const std::int64_t i : {0, 4, 5, 11}) data.ignore(i);
      });
  net.graph.add_output(*net.depthwise(x, {.kernel = 3, .padding = 1}), "y");
  EXPECT_EQ(checked_drop(net.graph), 4u);
}

TEST(DropChannels, UnreadOutputsOfADepthwiseConvolutionTakeTheirInputsAlong) {
  ChannelNetwork net;
  ir::Value* x = net.depthwise(net.conv(net.input(), {}), {.kernel = 3, .padding = 1});
  net.graph.add_output(*net.conv(x, {},
                                 [](LayerData& data) {
                                   for (const std::int64_t i : {0, 1, 2, 3}) data.ignore(i);
                                 }),
                       "y");
  EXPECT_EQ(checked_drop(net.graph), 8u);
}

TEST(DropChannels, ElementwiseOperatorsPassConstantsOn) {
  for (const bool as_streams : {false, true}) {
    const auto dropped = [&](const Middle& middle) { return dropped_between(four_are(elsewhere), middle, as_streams); };
    EXPECT_EQ(dropped([](ChannelNetwork& net, ir::Value* x) { return net.table(x); }), 8u);
    EXPECT_EQ(dropped([](ChannelNetwork& net, ir::Value* x) { return net.clamp(x, -20, 30); }), 8u);
    EXPECT_EQ(dropped([](ChannelNetwork& net, ir::Value* x) { return net.larger(x, net.table(x)); }), 12u);
    EXPECT_EQ(dropped([](ChannelNetwork& net, ir::Value* x) { return net.add(x, net.table(x)); }), 12u);
    EXPECT_EQ(dropped([](ChannelNetwork& net, ir::Value* x) { return net.multiply(x, net.table(x)); }), 12u);
    EXPECT_EQ(dropped([](ChannelNetwork& net, ir::Value* x) { return net.pool(x, true); }), 8u);
    EXPECT_EQ(dropped([](ChannelNetwork& net, ir::Value* x) { return net.pool(x, false); }), 8u);
  }
}

TEST(DropChannels, APaddedConstantIsOneWhereThePaddingHasItsValue) {
  for (const std::int32_t stored : {at_zero_point, elsewhere}) {
    const auto padded = [=](ChannelNetwork& net, ir::Value* x) { return net.pad(x, stored); };
    EXPECT_EQ(dropped_between(four_are(stored), padded), 8u);
    EXPECT_EQ(dropped_between(four_are(stored + 1), padded), 0u);
  }
}

// The other operand is needed, and an addition skips no channel.
TEST(DropChannels, AConstantInOneOperandStays) {
  ChannelNetwork net;
  ir::Value* x = net.input();
  net.graph.add_output(*net.conv(net.add(net.conv(x, {}), net.conv(x, {}, four_are(elsewhere))), {}), "y");
  EXPECT_EQ(checked_drop(net.graph), 0u);
}

TEST(DropChannels, ConstantOperandsAreCutAlong) {
  for (const ir::Shape& shape :
       {ir::Shape{1, 8, 1, 1}, ir::Shape{8, 1, 1}, ir::Shape{1, 8, 5, 6}, ir::Shape{1, 1, 1, 1}}) {
    const auto scaled = [&](ChannelNetwork& net, ir::Value* x) {
      return net.multiply(x, net.graph.add_constant("gain", net.bytes(shape)));
    };
    EXPECT_EQ(dropped_between(four_are(elsewhere), scaled), shape.size() == 4 && shape[2] == 5 ? 0u : 8u)
        << shape.size();
  }
}

TEST(DropChannels, GatesFollowWhatTheyMultiply) {
  ChannelNetwork net;
  ir::Value* x = net.conv(net.input(8, 1, 1), {});
  ir::Value* gate = net.table(net.conv(x, {}));
  net.graph.add_output(*net.conv(net.multiply(x, gate), {},
                                 [](LayerData& data) {
                                   for (const std::int64_t i : {0, 1, 2, 3}) data.ignore(i);
                                 }),
                       "y");
  EXPECT_EQ(checked_drop(net.graph), 0u) << "the gate is computed from all of x";
}

TEST(DropChannels, JoinedPartsLoseTheirOwn) {
  const auto joined = [](std::int64_t dim) {
    return [=](ChannelNetwork& net, ir::Value* x) { return net.join(x, net.table(x), dim); };
  };
  EXPECT_EQ(dropped_between(four_are(elsewhere), joined(1)), 4u + 4u + 8u);
  EXPECT_EQ(dropped_between(four_are(elsewhere), joined(2)), 0u) << "two constants along one channel";
  EXPECT_EQ(dropped_between(four_are(elsewhere),
                            [](ChannelNetwork& net, ir::Value* x) { return net.join(x, net.larger(x, x), 2); }),
            12u);
}

TEST(DropChannels, LinearLayersBehindAFlattenedImage) {
  for (const bool with_sum : {false, true}) {
    ChannelNetwork net;
    ir::Value* x = net.conv(net.input(8, 2, 3), {}, four_are(elsewhere));
    net.graph.add_output(*net.linear(net.flatten(x), with_sum), "y");
    EXPECT_EQ(checked_drop(net.graph), 4u + 4u + 24u) << "of the image, its copy and the row";
  }
}

TEST(DropChannels, LinearLayersLoseOutputs) {
  ChannelNetwork net;
  ir::Value* x = net.linear(net.flatten(net.input(8, 1, 1)), true, four_are(elsewhere));
  net.graph.add_output(*net.linear(net.linear(x, false), true,
                                   [](LayerData& data) {
                                     for (const std::int64_t i : {0, 1, 2, 7}) data.ignore(i);
                                   }),
                       "y");
  EXPECT_EQ(checked_drop(net.graph), 8u);
}

TEST(DropChannels, OutputsOfTheGraphStayWhole) {
  ChannelNetwork net;
  ir::Value* x = net.conv(net.input(), {}, four_are(elsewhere));
  net.graph.add_output(*x, "x");
  net.graph.add_output(*net.conv(x, {}), "y");
  EXPECT_EQ(checked_drop(net.graph), 0u);
}

// They have no use for what they were computed from.
TEST(DropChannels, ConstantsThatStayNeedNoInputs) {
  ChannelNetwork net;
  ir::Value* x = net.conv(net.input(), {});
  net.graph.add_output(*net.conv(x, {.kernel = 3, .padding = 1},
                                 [](LayerData& data) {
                                   for (std::int64_t o = 0; o < 8; ++o)
                                     data.shifts.mutable_data<std::int32_t>()[o] = -31;
                                 }),
                       "y");
  EXPECT_EQ(checked_drop(net.graph), 4u) << "one is left, and what fills its unit";
}

TEST(DropChannels, UnitsAreFilled) {
  const struct {
    std::int64_t channels, dead;
    std::size_t dropped;
  } rows[] = {{8, 3, 0},   {8, 4, 4},    {8, 7, 4},    {8, 8, 4},    {64, 6, 4},
              {96, 15, 0}, {96, 16, 16}, {96, 30, 16}, {96, 32, 32}, {96, 40, 40}};
  for (const auto& row : rows) {
    ChannelNetwork net;
    ir::Value* x = net.conv(net.input(), {.outputs = row.channels}, [&](LayerData& data) {
      for (std::int64_t o = 0; o < row.dead; ++o) data.kill(o, 7 * 256);
    });
    net.graph.add_output(*net.conv(x, {}), "y");
    EXPECT_EQ(checked_drop(net.graph), row.dropped) << row.dead << " of " << row.channels;
  }
}

// Kernels' sums wrap around; so does the bias that takes a constant in.
TEST(DropChannels, SumsWrapAround) {
  ChannelNetwork net;
  net.graph.add_output(*net.conv(net.conv(net.input(), {}, four_are(127)), {},
                                 [](LayerData& data) {
                                   for (std::int64_t o = 0; o < 8; ++o)
                                     data.bias.mutable_data<std::int32_t>()[o] = o % 2 == 0 ? INT32_MAX : INT32_MIN;
                                 }),
                       "y");
  EXPECT_EQ(checked_drop(net.graph), 4u);
}

}  // namespace
}  // namespace cortado::testing
