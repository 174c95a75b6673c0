#include "zoo/mobilenet_v3_small.h"

#include <algorithm>
#include <array>

#include "zoo/inverted_bottleneck.h"

namespace cortado::zoo {
namespace {

constexpr double epsilon = 1e-3;
constexpr Activation relu = Activation::relu, hardswish = Activation::hardswish;

struct Block {
  std::int64_t kernel, expanded, channels;
  bool squeezes;
  Activation activation;
  std::int64_t stride;
};
constexpr std::array<Block, 11> blocks = {{
    {3, 16, 16, true, relu, 2},
    {3, 72, 24, false, relu, 2},
    {3, 88, 24, false, relu, 1},
    {5, 96, 40, true, hardswish, 2},
    {5, 240, 40, true, hardswish, 1},
    {5, 240, 40, true, hardswish, 1},
    {5, 120, 48, true, hardswish, 1},
    {5, 144, 48, true, hardswish, 1},
    {5, 288, 96, true, hardswish, 2},
    {5, 576, 96, true, hardswish, 1},
    {5, 576, 96, true, hardswish, 1},
}};

// The nearest multiple of 8, not below 8 and not more than a tenth below.
std::int64_t multiple_of_eight(std::int64_t number) {
  const std::int64_t near = std::max<std::int64_t>(8, (number + 4) / 8 * 8);
  return near * 10 < number * 9 ? near + 8 : near;
}

// "NAME.0" the convolution, "NAME.1" the norm, "NAME.2" the activation.
NormedConv sequence(const std::string& name) { return {name + ".0", name + ".1", name + ".2"}; }

ir::Value* bottleneck(Builder& net, ir::Value* x, int index, const Block& block) {
  const std::string module = "features." + std::to_string(index);
  // The parts are numbered, and a block has only those that it needs.
  int part = 0;
  const auto next = [&] { return module + ".block." + std::to_string(part++); };
  InvertedBottleneck options{.module = module,
                             .expanded = block.expanded,
                             .channels = block.channels,
                             .kernel = block.kernel,
                             .stride = block.stride,
                             .normed = {epsilon, block.activation}};
  if (block.expanded != x->type.shape[1]) options.expand = sequence(next());
  options.depthwise = sequence(next());
  if (block.squeezes) options.squeeze_excite = SqueezeExcite{next(), multiple_of_eight(block.expanded / 4)};
  options.project = sequence(next());
  return inverted_bottleneck(net, x, options);
}

}  // namespace

Result<ir::Graph> build_mobilenet_v3_small(Weights& weights) {
  Builder net(weights);
  const Normed normed = {epsilon, hardswish};
  ir::Value* x = net.input("x", {1, 3, 224, 224});
  x = normed_conv(net, x, sequence("features.0"), {.channels = 16, .kernel = 3, .stride = 2, .padding = 1}, normed);
  int index = 1;
  for (const Block& block : blocks) x = bottleneck(net, x, index++, block);
  x = normed_conv(net, x, sequence("features.12"), {.channels = 576}, normed);
  x = net.linear(net.flatten(net.average_pool(x, "avgpool")), "classifier.0", 1024);
  x = net.linear(net.activation(x, "classifier.1", hardswish), "classifier.3", 1000);
  return net.finish({x});
}

}  // namespace cortado::zoo
