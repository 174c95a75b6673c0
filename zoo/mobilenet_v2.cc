#include "zoo/mobilenet_v2.h"

#include <array>

#include "zoo/inverted_bottleneck.h"

namespace cortado::zoo {
namespace {

constexpr Normed relu6 = {1e-5, Activation::relu6};

// A stage of inverted bottlenecks; only its first block strides and changes the number of channels.
struct Stage {
  std::int64_t expansion, channels, blocks, stride;
};
constexpr std::array<Stage, 7> stages = {{
    {1, 16, 1, 1},
    {6, 24, 2, 2},
    {6, 32, 3, 2},
    {6, 64, 4, 2},
    {6, 96, 3, 1},
    {6, 160, 3, 2},
    {6, 320, 1, 1},
}};

// "NAME.0" the convolution, "NAME.1" the norm, "NAME.2" the activation.
NormedConv sequence(const std::string& name) { return {name + ".0", name + ".1", name + ".2"}; }

ir::Value* bottleneck(Builder& net, ir::Value* x, int index, const Stage& stage, bool is_first) {
  const std::string module = "features." + std::to_string(index), conv = module + ".conv.";
  // The parts are numbered, and a block that does not expand has one less.
  int part = stage.expansion == 1 ? 0 : 1;
  const auto next = [&] { return conv + std::to_string(part++); };
  InvertedBottleneck block{.module = module,
                           .expanded = x->type.shape[1] * stage.expansion,
                           .channels = stage.channels,
                           .stride = is_first ? stage.stride : 1,
                           .normed = relu6,
                           .expand = sequence(conv + "0"),
                           .depthwise = sequence(next()),
                           .project = {next(), next(), ""}};
  return inverted_bottleneck(net, x, block);
}

}  // namespace

Result<ir::Graph> build_mobilenet_v2(Weights& weights) {
  Builder net(weights);
  ir::Value* x = net.input("x", {1, 3, 224, 224});
  x = normed_conv(net, x, sequence("features.0"), {.channels = 32, .kernel = 3, .stride = 2, .padding = 1}, relu6);
  int index = 1;
  for (const Stage& stage : stages)
    for (std::int64_t i = 0; i < stage.blocks; ++i) x = bottleneck(net, x, index++, stage, i == 0);
  x = normed_conv(net, x, sequence("features.18"), {.channels = 1280}, relu6);
  x = net.linear(net.flatten(net.average_pool(x, "avgpool")), "classifier.1", 1000);
  return net.finish({x});
}

}  // namespace cortado::zoo
