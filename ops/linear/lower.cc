#include "ops/linear/lower.h"

#include "ops/alias/alias.h"
#include "ops/conv2d/contract.h"
#include "ops/layer_lowering.h"
#include "ops/linear/contract.h"
#include "support/multiplier.h"

namespace cortado::ops::linear {
namespace {

ir::Tensor kernel_sum(const ir::Tensor& weights, const ir::Value* bias, std::int32_t input_offset) {
  const std::int64_t out = weights.shape()[0];
  const std::int64_t in = weights.shape()[1];
  ir::Tensor sums(DType::i32, {1, out});
  for (std::int64_t o = 0; o < out; ++o) {
    std::int64_t sum = 0;
    for (std::int64_t i = 0; i < in; ++i) sum += weights.data<std::int8_t>()[o * in + i];
    sum = sum * input_offset + (bias != nullptr ? bias->data.data<std::int32_t>()[o] : 0);
    sums.mutable_data<std::int32_t>()[o] = static_cast<std::int32_t>(sum);
  }
  return sums;
}

// quantized_linear has one factor for all outputs. Where each output has its own scale, the layer is a 1×1 convolution
// over an image of as many pixels as there are rows; the bytes of both lie alike.
Status lower_per_channel(const Operands& operands, Lowering& lowering) {
  const ir::Value& weight = *operands.value("weight");
  const ir::Type& x = operands.type("input");
  const ir::Type& y = operands.output_type();
  const std::int64_t out = weight.type.shape[0], in = weight.type.shape[1], rows = x.elements() / in;
  const auto image = [&](const ir::Type& type, std::int64_t channels) {
    return ir::Type{type.dtype, {1, channels, rows, 1}, ir::channels_last_order, type.quantization};
  };
  const ir::Node& node = operands.node();
  ir::Node* pixels =
      insert_alias(lowering.graph(), &node, node.name, operands.value("input"), image(x, in), node.source);
  const std::vector<std::int64_t> ones = {1, 1}, zeros = {0, 0};
  std::vector<ir::NamedArgument> arguments = {
      {"input", pixels->outputs[0]},
      {"weight", lowering.constant("weight_nhwc", weight.data.reshaped({out, 1, 1, in}))},
      {"bias", operands.argument("bias")},
      {"stride", ones},
      {"padding", zeros},
      {"dilation", ones}};
  for (ir::NamedArgument& argument : channel_requantization(operands, lowering, out))
    arguments.push_back(std::move(argument));
  arguments.push_back({"scratch", lowering.scratch(0)});
  ir::Node* conv =
      lowering.emit(QuantizedConv2dArgs<Layout::channels_last>::name, std::move(arguments), {image(y, out)});
  lowering.replace(*insert_alias(lowering.graph(), &node, node.name, conv->outputs[0], y, node.source)->outputs[0]);
  return {};
}

}  // namespace

Status lower(const Operands& operands, Lowering& lowering) {
  ir::Value* weight = operands.value("weight");
  ir::Value* bias = operands.value("bias");
  CORTADO_CHECK(check_int8_layer(operands, weight->type.shape[0], 0));
  const ir::Quantization& x = *operands.type("input").quantization;
  const ir::Quantization& w = *weight->type.quantization;
  const ir::Quantization& y = *operands.output_type().quantization;
  if (!w.is_per_tensor()) return lower_per_channel(operands, lowering);
  const auto [multiplier, shift] = to_multiplier(x.scale[0] * w.scale[0] / y.scale[0]);
  const std::int32_t input_offset = -x.zero_point[0];
  const bool folds_bias = lowering.target().isa == Isa::mve;
  ir::Argument bias_argument;
  ir::Argument sum_argument;
  if (folds_bias)
    sum_argument = lowering.constant("kernel_sum", kernel_sum(weight->data, bias, input_offset));
  else if (bias != nullptr)
    bias_argument = bias;
  ir::Node* node = lowering.emit(QuantizedLinearArgs::name,
                                 {{"input", operands.value("input")},
                                  {"weights", weight},
                                  {"bias", bias_argument},
                                  {"kernel_sum", sum_argument},
                                  {"input_offset", std::int64_t{input_offset}},
                                  {"filter_offset", std::int64_t{-w.zero_point[0]}},
                                  {"output_offset", std::int64_t{y.zero_point[0]}},
                                  {"requantize_multipliers", std::vector<std::int64_t>{multiplier}},
                                  {"requantize_shifts", std::vector<std::int64_t>{shift}},
                                  {"activation_max", y.quant_max},
                                  {"activation_min", y.quant_min}},
                                 {operands.output_type()});
  lowering.replace(*node->outputs[0]);
  return {};
}

}  // namespace cortado::ops::linear
