// What rounding the weights adds to each output channel on average, in closed form.
//
//   shift[o] = mean over positions of Σ_k (ŵ − w)[o, k] · E[x_k]
//
// E[x] are the float network's channel means. Subtracted from the bias, the layer keeps its average output. The means
// of the quantized network would not do: where ranges clip, they make the error larger.
#pragma once

#include <vector>

#include "compiler/calibrate/ranges.h"
#include "ir/graph.h"
#include "ops/definition.h"
#include "support/result.h"

namespace cortado::compiler {

// `weight_error` is ŵ − w; `node` and its values are still in float. One number per output channel.
Result<std::vector<double>> mean_output_shift(const ir::Node& node, const ops::QuantizationRule& rule,
                                              const ir::Tensor& weight_error, const ChannelMeans& means);

}  // namespace cortado::compiler
