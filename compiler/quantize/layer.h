// A layer with weights, made of integers.
#pragma once

#include <optional>

#include "compiler/calibrate/ranges.h"
#include "ir/graph.h"
#include "ops/definition.h"
#include "support/result.h"

namespace cortado::compiler {

struct IntegerLayer {
  ir::Tensor weight;  // i8
  ir::Quantization weight_quantization;
  std::optional<ir::Tensor> bias;  // i32; absent when the layer has none and needs none
  ir::Quantization bias_quantization;
};

// `node` and its values are still in float; its rule names a constant weight. `means` of the node's input, or null for
// a layer whose bias is not to be corrected. `rounding`: steps from the nearest integer, one a weight, or null; they
// count only in channels whose scale is max |w| / 127. Errors: weights that are not finite, means or rounding that do
// not fit.
Result<IntegerLayer> integer_layer(const ir::Node& node, const ops::QuantizationRule& rule, double input_scale,
                                   double output_scale, const ChannelMeans* means,
                                   const std::vector<std::int8_t>* rounding = nullptr);

}  // namespace cortado::compiler
