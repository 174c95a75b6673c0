#include "zoo/efficientnet_lite0.h"

#include <array>

#include "zoo/builder.h"

namespace cortado::zoo {
namespace {

constexpr double epsilon = 1e-3;

// A stage of inverted bottlenecks; only its first block strides and changes the number of channels.
struct Stage {
  std::int64_t blocks, expansion, kernel, stride, channels;
};
constexpr std::array<Stage, 7> stages = {{
    {1, 1, 3, 1, 16}, {2, 6, 3, 2, 24}, {2, 6, 5, 2, 40}, {3, 6, 3, 2, 80}, {3, 6, 5, 1, 112}, {4, 6, 5, 2, 192},
    {1, 6, 3, 1, 320},
}};

ir::Value* conv_norm(Builder& net, ir::Value* x, const std::string& conv, const std::string& norm,
                     const Builder::Conv& options) {
  return net.batch_norm(net.conv2d(x, conv, options), norm, epsilon);
}

// expand (1x1) → depthwise → project (1x1), and the input added where shapes allow.
ir::Value* bottleneck(Builder& net, ir::Value* x, const std::string& module, std::int64_t in, const Stage& stage,
                      std::int64_t stride) {
  ir::Value* const input = x;
  const std::int64_t wide = in * stage.expansion;
  if (stage.expansion != 1) {
    x = conv_norm(net, x, module + "._expand_conv", module + "._bn0", {.channels = wide});
    x = net.relu6(x, module + "._relu0");
  }
  x = conv_norm(net, x, module + "._depthwise_conv", module + "._bn1",
                {.channels = wide, .kernel = stage.kernel, .stride = stride, .groups = wide, .same_padding = true});
  x = net.relu6(x, module + "._relu1");
  x = conv_norm(net, x, module + "._project_conv", module + "._bn2", {.channels = stage.channels});
  return stride == 1 && in == stage.channels ? net.add(input, x, module) : x;
}

}  // namespace

Result<ir::Graph> build_efficientnet_lite0(const Weights& weights) {
  Builder net(weights);
  ir::Value* x = net.input("x", {1, 3, 224, 224});
  x = conv_norm(net, x, "_conv_stem", "_bn0", {.channels = 32, .kernel = 3, .stride = 2, .same_padding = true});
  x = net.relu6(x, "_relu_stem");
  std::int64_t channels = 32;
  int block = 0;
  for (const Stage& stage : stages)
    for (std::int64_t i = 0; i < stage.blocks; ++i) {
      x = bottleneck(net, x, "_blocks." + std::to_string(block++), channels, stage, i == 0 ? stage.stride : 1);
      channels = stage.channels;
    }
  x = net.relu6(conv_norm(net, x, "_conv_head", "_bn1", {.channels = 1280}), "_relu_head");
  x = net.linear(net.global_average_pool(x), "_fc", 1000);
  return net.finish(x);
}

}  // namespace cortado::zoo
