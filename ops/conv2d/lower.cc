#include "ops/conv2d/lower.h"

#include "ops/conv2d/contract.h"
#include "ops/conv2d/scratch.h"
#include "ops/conv_transpose2d/contract.h"
#include "ops/depthwise_conv2d/contract.h"
#include "support/multiplier.h"

namespace cortado::ops::conv2d {
namespace {

constexpr auto layout = Layout::channels_last;

ConvolutionGeometry geometry_of(const Operands& operands, bool transposed) {
  const ir::Shape& x = operands.type("input").shape;
  const ir::Shape& y = operands.output_type().shape;
  const ir::Shape& w = operands.type("weight").shape;
  const auto stride = operands.integers("stride", 2);
  const auto padding = operands.integers("padding", 2);
  const auto dilation = operands.integers("dilation", 2);
  return {x[0], x[1], x[2], x[3], y[1], y[2], y[3], w[2], w[3], transposed ? w[0] : w[1],
          stride[0], stride[1], padding[0], padding[1], dilation[0], dilation[1]};
}

// scale[input] · scale[weight, o] / scale[output] as fixed-point pairs, one per output channel.
struct ChannelFactors {
  ir::Tensor multipliers, shifts;
};

ChannelFactors channel_factors(const Operands& operands, std::int64_t out_channels) {
  const ir::Quantization& x = *operands.type("input").quantization;
  const ir::Quantization& w = *operands.type("weight").quantization;
  const ir::Quantization& y = *operands.output_type().quantization;
  ChannelFactors factors{ir::Tensor(DType::i32, {out_channels}), ir::Tensor(DType::i32, {out_channels})};
  for (std::int64_t o = 0; o < out_channels; ++o) {
    const double weight_scale = w.scale[w.is_per_tensor() ? 0 : static_cast<std::size_t>(o)];
    const Multiplier factor = to_multiplier(x.scale[0] * weight_scale / y.scale[0]);
    factors.multipliers.mutable_data<std::int32_t>()[o] = factor.multiplier;
    factors.shifts.mutable_data<std::int32_t>()[o] = factor.shift;
  }
  return factors;
}

Status check(const Operands& operands, std::int64_t out_channels, int channel_axis) {
  const ir::Value& weight = *operands.value("weight");
  if (weight.kind != ir::ValueKind::constant) return input_error("a convolution on int8 needs constant weights");
  if (weight.type.shape.size() != 4 || operands.type("input").shape.size() != 4)
    return input_error("a convolution on int8 has 2 spatial dimensions and a batch");
  if (!weight.type.is_quantized() || weight.type.dtype != DType::i8 || !operands.type("input").is_quantized() ||
      !operands.output_type().is_quantized() || operands.type("input").dtype != DType::i8)
    return input_error("its input, weight and output are not all quantized to int8");
  const ir::Quantization& w = *weight.type.quantization;
  for (std::int32_t zero_point : w.zero_point)
    if (zero_point != 0) return input_error("the weight's zero point is " + std::to_string(zero_point) + ", must be 0");
  if (!w.is_per_tensor() && (w.axis != channel_axis || w.scale.size() != static_cast<std::size_t>(out_channels)))
    return input_error("the weight is quantized along another axis than the output's channels");
  const ir::Value* bias = operands.value("bias");
  if (bias != nullptr && (bias->kind != ir::ValueKind::constant || bias->type.dtype != DType::i32))
    return input_error("the bias is not a constant of 32-bit integers");
  return {};
}

std::int64_t zero_point(const ir::Type& type) { return type.quantization->zero_point[0]; }

ir::Argument pair(const Operands& operands, std::string_view name) { return operands.integers(name, 2); }

// The arguments of all three operators up to their own ones, which come between dilation and input_offset or before.
std::vector<ir::NamedArgument> requantization(const Operands& operands, Lowering& lowering, std::int64_t out_channels) {
  ChannelFactors factors = channel_factors(operands, out_channels);
  const ir::Quantization& y = *operands.output_type().quantization;
  return {{"input_offset", -zero_point(operands.type("input"))},
          {"output_offset", zero_point(operands.output_type())},
          {"requantize_multipliers", lowering.constant("quantized_multiplier", std::move(factors.multipliers))},
          {"requantize_shifts", lowering.constant("quantized_shift", std::move(factors.shifts))},
          {"activation_min", y.quant_min},
          {"activation_max", y.quant_max}};
}

ir::Value* permuted_weight(const Operands& operands, Lowering& lowering, const std::vector<std::int64_t>& order) {
  return lowering.constant("weight_nhwc", ir::permuted(operands.value("weight")->data, order));
}

void emit(Lowering& lowering, const char* op, std::vector<ir::NamedArgument> arguments,
          std::vector<ir::NamedArgument> rest, const ir::Type& type) {
  for (auto& argument : rest) arguments.push_back(std::move(argument));
  lowering.replace(*lowering.emit(op, std::move(arguments), {type})->outputs[0]);
}

}  // namespace

Status lower(const Operands& operands, Lowering& lowering) {
  const std::int64_t out_channels = operands.type("weight").shape[0];
  CORTADO_CHECK(check(operands, out_channels, 0));
  const ConvolutionGeometry geometry = geometry_of(operands, false);
  const std::int64_t groups = operands.integer("groups");
  // CMSIS-NN's grouped kernels step through the bias, so it must be there.
  ir::Argument bias = operands.argument("bias");
  if (bias.is_none() && groups > 1) bias = lowering.constant("zero_bias", ir::Tensor(DType::i32, {out_channels}));
  // Its depthwise kernels are only fast for one image.
  const bool depthwise = geometry.kernel_channels == 1 && geometry.in_channels == groups && geometry.batch == 1;
  std::vector<ir::NamedArgument> arguments = {
      {"input", operands.value("input")},
      {"weight", permuted_weight(operands, lowering,
                                 depthwise ? std::vector<std::int64_t>{1, 2, 3, 0} : std::vector<std::int64_t>{0, 2, 3, 1})},
      {"bias", std::move(bias)},
      {"stride", pair(operands, "stride")},
      {"padding", pair(operands, "padding")},
      {"dilation", pair(operands, "dilation")}};
  if (depthwise) arguments.push_back({"depth_multiplier", out_channels / geometry.in_channels});
  auto rest = requantization(operands, lowering, out_channels);
  const Isa isa = lowering.target().isa;
  rest.push_back({"scratch", lowering.scratch(depthwise ? depthwise_scratch_bytes(geometry, isa)
                                                        : convolution_scratch_bytes(geometry, isa))});
  emit(lowering, depthwise ? QuantizedDepthwiseConv2dArgs<layout>::name : QuantizedConv2dArgs<layout>::name,
       std::move(arguments), std::move(rest), operands.output_type());
  return {};
}

Status lower_transposed(const Operands& operands, Lowering& lowering) {
  if (operands.integer("groups") != 1) return input_error("a grouped transposed convolution has no int8 form");
  const std::int64_t out_channels = operands.type("weight").shape[1];
  CORTADO_CHECK(check(operands, out_channels, 1));
  std::vector<ir::NamedArgument> arguments = {
      {"input", operands.value("input")},
      {"weight", permuted_weight(operands, lowering, {1, 2, 3, 0})},
      {"bias", operands.argument("bias")},
      {"stride", pair(operands, "stride")},
      {"padding", pair(operands, "padding")},
      {"output_padding", pair(operands, "output_padding")},
      {"dilation", pair(operands, "dilation")}};
  auto rest = requantization(operands, lowering, out_channels);
  const TransposedScratch scratch =
      transposed_scratch_bytes(geometry_of(operands, true), lowering.target().isa);
  rest.push_back({"scratch", lowering.scratch(scratch.accumulator_bytes)});
  rest.push_back({"output_scratch", lowering.scratch(scratch.reversed_kernel_bytes)});
  emit(lowering, QuantizedTransposeConv2dArgs<layout>::name, std::move(arguments), std::move(rest),
       operands.output_type());
  return {};
}

}  // namespace cortado::ops::conv2d
