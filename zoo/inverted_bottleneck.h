// The block of the MobileNet family: expand (1x1) → depthwise → squeeze and excite → project (1x1), and the input added
// where shapes allow. The names of its parts differ from network to network.
#pragma once

#include <optional>
#include <string>

#include "zoo/builder.h"

namespace cortado::zoo {

// A convolution without bias, batch norm and an activation: the modules' names.
struct NormedConv {
  std::string conv, norm, activation;
};
struct Normed {
  double epsilon = 1e-5;  // of batch norm
  Activation activation = Activation::none;
};
ir::Value* normed_conv(Builder& net, ir::Value* x, const NormedConv& names, const Builder::Conv& conv,
                       const Normed& options);

// Pool → 1x1 to `channels` → relu → 1x1 back → hardsigmoid → times the input. Modules "NAME.fc1", "NAME.fc2".
struct SqueezeExcite {
  std::string name;
  std::int64_t channels = 0;
};

struct InvertedBottleneck {
  std::string module;
  std::int64_t expanded = 0;  // channels inside; those of the input: nothing is expanded
  std::int64_t channels = 0;  // of the output
  std::int64_t kernel = 3;
  std::int64_t stride = 1;
  bool same_padding = false;  // TensorFlow's; else kernel / 2 on all sides
  Normed normed;              // the activation of expand and depthwise; project has none
  NormedConv expand, depthwise, project;
  std::optional<SqueezeExcite> squeeze_excite = {};
};
ir::Value* inverted_bottleneck(Builder& net, ir::Value* x, const InvertedBottleneck& block);

}  // namespace cortado::zoo
