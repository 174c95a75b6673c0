#include "compiler/normalise/fold_affine.h"

#include "compiler/normalise/rewrite.h"

namespace cortado::compiler {
namespace {

ir::Tensor scaled_weight(const ir::Tensor& weight, int axis, const std::vector<double>& gain) {
  ir::Tensor result = weight;
  float* w = result.mutable_data<float>();
  std::int64_t inner = 1;
  for (std::size_t i = static_cast<std::size_t>(axis) + 1; i < weight.rank(); ++i) inner *= weight.shape()[i];
  const auto channels = static_cast<std::int64_t>(gain.size());
  for (std::int64_t i = 0; i < weight.elements(); ++i)
    w[i] = static_cast<float>(w[i] * gain[static_cast<std::size_t>(i / inner % channels)]);
  return result;
}

}  // namespace

void fold_affine(ir::Graph& graph, ir::Node& layer, int weight_axis, const ChannelAffine& affine) {
  const ops::QuantizationRule& rule = ops::registry().find(layer.op)->quantization;
  const ops::Operands operands = operands_of(layer);
  const ir::Value* weight = operands.value(rule.weight);
  const ir::Value* bias = operands.value(rule.bias);
  ir::Tensor new_bias(DType::f32, {static_cast<std::int64_t>(affine.gain.size())});
  for (std::size_t c = 0; c < affine.gain.size(); ++c)
    new_bias.mutable_data<float>()[c] = static_cast<float>(
        (bias != nullptr ? bias->data.as_double(static_cast<std::int64_t>(c)) : 0) * affine.gain[c] + affine.offset[c]);
  ir::Value* w =
      graph.add_constant(weight->name, scaled_weight(weight->data, weight_axis, affine.gain), weight->source_name);
  ir::Value* b =
      graph.add_constant(layer.name + "_bias", std::move(new_bias), bias != nullptr ? bias->source_name : "");
  graph.set_argument(layer, rule.weight, w);
  graph.set_argument(layer, rule.bias, b);
}

}  // namespace cortado::compiler
