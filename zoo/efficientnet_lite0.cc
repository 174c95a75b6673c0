#include "zoo/efficientnet_lite0.h"

#include <array>

#include "zoo/inverted_bottleneck.h"

namespace cortado::zoo {
namespace {

constexpr Normed relu6 = {1e-3, Activation::relu6};

// A stage of inverted bottlenecks; only its first block strides and changes the number of channels.
struct Stage {
  std::int64_t blocks, expansion, kernel, stride, channels;
};
constexpr std::array<Stage, 7> stages = {{
    {1, 1, 3, 1, 16},
    {2, 6, 3, 2, 24},
    {2, 6, 5, 2, 40},
    {3, 6, 3, 2, 80},
    {3, 6, 5, 1, 112},
    {4, 6, 5, 2, 192},
    {1, 6, 3, 1, 320},
}};

ir::Value* bottleneck(Builder& net, ir::Value* x, int index, const Stage& stage, bool is_first) {
  const std::string module = "_blocks." + std::to_string(index);
  return inverted_bottleneck(net, x,
                             {.module = module,
                              .expanded = x->type.shape[1] * stage.expansion,
                              .channels = stage.channels,
                              .kernel = stage.kernel,
                              .stride = is_first ? stage.stride : 1,
                              .same_padding = true,
                              .normed = relu6,
                              .expand = {module + "._expand_conv", module + "._bn0", module + "._relu0"},
                              .depthwise = {module + "._depthwise_conv", module + "._bn1", module + "._relu1"},
                              .project = {module + "._project_conv", module + "._bn2", ""}});
}

}  // namespace

Result<ir::Graph> build_efficientnet_lite0(Weights& weights) {
  Builder net(weights);
  ir::Value* x = net.input("x", {1, 3, 224, 224});
  x = normed_conv(net, x, {"_conv_stem", "_bn0", "_relu_stem"},
                  {.channels = 32, .kernel = 3, .stride = 2, .same_padding = true}, relu6);
  int index = 0;
  for (const Stage& stage : stages)
    for (std::int64_t i = 0; i < stage.blocks; ++i) x = bottleneck(net, x, index++, stage, i == 0);
  x = normed_conv(net, x, {"_conv_head", "_bn1", "_relu_head"}, {.channels = 1280}, relu6);
  x = net.linear(net.flatten(net.average_pool(x, "_avg_pooling")), "_fc", 1000);
  return net.finish({x});
}

}  // namespace cortado::zoo
