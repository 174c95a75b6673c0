#include "compiler/quantize/layer.h"

#include <fmt/format.h>

#include "compiler/quantize/correct_bias.h"
#include "compiler/quantize/group_parameters.h"
#include "compiler/quantize/weights.h"
#include "ops/infer.h"

namespace cortado::compiler {
namespace {

const ir::Value* constant_of(const ir::Node& node, std::string_view argument) {
  const ir::Argument* found = argument.empty() ? nullptr : node.find(argument);
  const auto* value = found != nullptr ? std::get_if<ir::Value*>(found) : nullptr;
  return value != nullptr ? *value : nullptr;
}

Result<std::vector<double>> bias_of(const ir::Node& node, const ops::QuantizationRule& rule) {
  std::vector<double> bias;
  const ir::Value* constant = constant_of(node, rule.bias);
  if (constant == nullptr) return bias;
  CORTADO_CHECK(range_of_constant(*constant));
  for (std::int64_t o = 0; o < constant->data.elements(); ++o) bias.push_back(constant->data.as_double(o));
  return bias;
}

}  // namespace

Result<IntegerLayer> integer_layer(const ir::Node& node, const ops::QuantizationRule& rule, double input_scale,
                                   double output_scale, const ChannelMeans* means,
                                   const std::vector<std::int8_t>* rounding) {
  const ir::Value* weight = constant_of(node, rule.weight);
  if (weight->data.elements() == 0) return ops::at_node(input_error("its weight is empty"), node);
  if (auto range = range_of_constant(*weight); !range) return ops::at_node(std::move(range).error(), node);
  auto bias = bias_of(node, rule);
  if (!bias) return ops::at_node(std::move(bias).error(), node);
  const int axis = rule.weight_per_channel ? rule.weight_axis : ir::Quantization::per_tensor;

  IntegerLayer layer;
  const std::vector<double> scales = weight_scales(weight->data, axis);
  layer.weight_quantization = weight_quantization(safe_scales(scales, bias.value(), input_scale, output_scale), axis);
  layer.weight = rounded_weight(weight->data, layer.weight_quantization);
  if (rounding != nullptr) {
    if (static_cast<std::int64_t>(rounding->size()) != weight->data.elements())
      return input_error(fmt::format("the ranges have {} roundings for '{}', which has {} weights", rounding->size(),
                                     node.name, weight->data.elements()),
                         "calibrate this model again");
    add_rounding(*rounding, scales, layer.weight_quantization, layer.weight);
  }
  if (rule.bias.empty()) return layer;
  if (means != nullptr) {
    const ir::Tensor error = rounding_error(weight->data, layer.weight, layer.weight_quantization);
    CORTADO_TRY(const std::vector<double> shift, mean_output_shift(node, rule, error, *means));
    if (bias.value().empty()) bias.value().assign(shift.size(), 0);
    for (std::size_t o = 0; o < shift.size() && o < bias.value().size(); ++o) bias.value()[o] -= shift[o];
  }
  if (bias.value().empty()) return layer;
  layer.bias_quantization = bias_quantization(layer.weight_quantization, input_scale);
  layer.bias = rounded_bias(bias.value(), layer.bias_quantization);
  return layer;
}

}  // namespace cortado::compiler
