#include "zoo/inverted_bottleneck.h"

namespace cortado::zoo {
namespace {

ir::Value* squeeze_excite(Builder& net, ir::Value* x, const SqueezeExcite& block) {
  const std::int64_t channels = x->type.shape[1];
  ir::Value* gate = net.average_pool(x, block.name + ".avgpool");
  gate = net.conv2d(gate, block.name + ".fc1", {.channels = block.channels, .bias = true});
  gate = net.activation(gate, block.name + ".activation", Activation::relu);
  gate = net.conv2d(gate, block.name + ".fc2", {.channels = channels, .bias = true});
  gate = net.activation(gate, block.name + ".scale_activation", Activation::hardsigmoid);
  return net.multiply(gate, x, block.name + "_mul");
}

}  // namespace

ir::Value* normed_conv(Builder& net, ir::Value* x, const NormedConv& names, const Builder::Conv& conv,
                       const Normed& options) {
  x = net.batch_norm(net.conv2d(x, names.conv, conv), names.norm, options.epsilon);
  return net.activation(x, names.activation, options.activation);
}

ir::Value* inverted_bottleneck(Builder& net, ir::Value* x, const InvertedBottleneck& block) {
  ir::Value* const input = x;
  const std::int64_t in = x->type.shape[1];
  if (block.expanded != in) x = normed_conv(net, x, block.expand, {.channels = block.expanded}, block.normed);
  x = normed_conv(net, x, block.depthwise,
                  {.channels = block.expanded,
                   .kernel = block.kernel,
                   .stride = block.stride,
                   .groups = block.expanded,
                   .same_padding = block.same_padding,
                   .padding = block.kernel / 2},
                  block.normed);
  if (block.squeeze_excite) x = squeeze_excite(net, x, *block.squeeze_excite);
  x = normed_conv(net, x, block.project, {.channels = block.channels}, {block.normed.epsilon, Activation::none});
  return block.stride == 1 && in == block.channels ? net.add(input, x, block.module + "_add") : x;
}

}  // namespace cortado::zoo
