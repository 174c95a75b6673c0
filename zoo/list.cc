#include <algorithm>
#include <array>

#include "zoo/efficientnet_lite0.h"
#include "zoo/mobilenet_v2.h"
#include "zoo/mobilenet_v3_small.h"
#include "zoo/model.h"
#include "zoo/small_tests.h"

namespace cortado::zoo {
namespace {

constexpr std::array<std::string_view, 2> mobilenet_v2_checkpoints = {"mobilenet_v2-7ebf99e0.pth",
                                                                      "mobilenet_v2-b0353104.pth"};
constexpr std::array<std::string_view, 1> mobilenet_v3_small_checkpoints = {"mobilenet_v3_small-047dcff4.pth"};

// qops's y is tiny and its z large, in ExecuTorch as here.
constexpr std::array<double, 4> qops_deviations = {1, 1, 1e-6, 1000};

constexpr std::array list = {
    Model{.name = "efficientnet_lite0",
          .summary = "EfficientNet-Lite0, 224 x 224 RGB, (pixel - 127) / 128, 1000 classes of ImageNet",
          .build = build_efficientnet_lite0},
    Model{.name = "mv2",
          .summary = "MobileNetV2, 224 x 224 RGB, ImageNet's mean and deviation, 1000 classes of ImageNet",
          .build = build_mobilenet_v2,
          .checkpoints = mobilenet_v2_checkpoints},
    Model{.name = "mv3",
          .summary = "MobileNetV3-small, 224 x 224 RGB, ImageNet's mean and deviation, 1000 classes of ImageNet",
          .build = build_mobilenet_v3_small,
          .checkpoints = mobilenet_v3_small_checkpoints},
    Model{.name = "qadd", .summary = "a + a", .build = build_qadd, .is_trained = false},
    Model{.name = "qadd2", .summary = "a + a, b + b, and their sum", .build = build_qadd2, .is_trained = false},
    Model{.name = "qlinear", .summary = "A linear layer", .build = build_qlinear, .is_trained = false},
    Model{.name = "qops",
          .summary = "A difference, a sum and a product, with shapes broadcast",
          .build = build_qops,
          .is_trained = false,
          .example_deviations = qops_deviations},
};

}  // namespace

std::span<const Model> models() { return list; }

const Model* find(std::string_view name) {
  const auto found = std::find_if(list.begin(), list.end(), [&](const Model& model) { return model.name == name; });
  return found == list.end() ? nullptr : &*found;
}

}  // namespace cortado::zoo
