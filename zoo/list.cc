#include <algorithm>
#include <array>

#include "zoo/efficientnet_lite0.h"
#include "zoo/model.h"

namespace cortado::zoo {
namespace {

constexpr std::array list = {
    Model{"efficientnet_lite0", "EfficientNet-Lite0, 224 x 224 RGB, (pixel - 127) / 128, 1000 classes of ImageNet",
          build_efficientnet_lite0},
};

}  // namespace

std::span<const Model> models() { return list; }

const Model* find(std::string_view name) {
  const auto found = std::find_if(list.begin(), list.end(), [&](const Model& model) { return model.name == name; });
  return found == list.end() ? nullptr : &*found;
}

}  // namespace cortado::zoo
