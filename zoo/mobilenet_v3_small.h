// MobileNetV3-small of width 1 (Howard et al., 2019), with torchvision's parameter names.
#pragma once

#include "ir/graph.h"
#include "zoo/weights.h"

namespace cortado::zoo {

// Input "x": f32 [1, 3, 224, 224], RGB by ImageNet's mean and deviation. Output: 1000 logits of ImageNet's classes.
Result<ir::Graph> build_mobilenet_v3_small(Weights& weights);

}  // namespace cortado::zoo
