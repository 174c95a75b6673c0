#include "compiler/quantize/correct_bias.h"

#include <fmt/format.h>

#include "compiler/calibrate/statistics.h"
#include "compiler/interpret/interpreter.h"
#include "compiler/quantize/rules.h"
#include "ops/operands.h"

namespace cortado::compiler {
namespace {

// A tensor that has the channel's mean at every position.
Result<ir::Tensor> spread(const ir::Value& input, const ChannelMeans& means) {
  const ir::Shape& shape = input.type.shape;
  const std::size_t axis = ops::Operands::dimension(means.axis, shape.size());
  if (axis >= shape.size() || shape[axis] != static_cast<std::int64_t>(means.means.size()))
    return input_error(fmt::format("the ranges have {} channel means for '{}', which has another number of channels",
                                   means.means.size(), input.name),
                       "calibrate this model again");
  std::int64_t inner = 1;
  for (std::size_t i = axis + 1; i < shape.size(); ++i) inner *= shape[i];
  ir::Tensor tensor(DType::f32, shape);
  float* to = tensor.mutable_data<float>();
  for (std::int64_t i = 0; i < tensor.elements(); ++i)
    to[i] = static_cast<float>(means.means[static_cast<std::size_t>(i / inner % shape[axis])]);
  return tensor;
}

}  // namespace

// The layer is linear: run on the means with the weights' error in the weights' place and no bias, it gives the shift
// at every position, borders included, for any kind of convolution.
Result<std::vector<double>> mean_output_shift(const ir::Node& node, const ops::QuantizationRule& rule,
                                              const ir::Tensor& weight_error, const ChannelMeans& means) {
  const ir::Value& input = *data_inputs(node, rule)[0];
  const ir::Value* weight = std::get<ir::Value*>(*node.find(rule.weight));
  CORTADO_TRY(const ir::Tensor average, spread(input, means));
  CORTADO_TRY(const std::vector<ir::Tensor> shift, evaluate_node(
                                                       node,
                                                       [&](const ir::Value& value) {
                                                         if (&value == &input) return average;
                                                         if (&value == weight) return weight_error;
                                                         return ir::Tensor(value.type.dtype,
                                                                           value.type.shape);  // the bias: zeros
                                                       }));
  return sample_statistics(shift[0], rule.channel_axis).channel_means;
}

}  // namespace cortado::compiler
