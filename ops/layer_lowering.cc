#include "ops/layer_lowering.h"

#include "support/multiplier.h"

namespace cortado::ops {

Status check_int8_layer(const Operands& operands, std::int64_t outputs, int channel_axis) {
  const ir::Value& weight = *operands.value("weight");
  if (weight.kind != ir::ValueKind::constant) return input_error("a layer on int8 needs constant weights");
  if (!weight.type.is_quantized() || weight.type.dtype != DType::i8 || !operands.type("input").is_quantized() ||
      !operands.output_type().is_quantized() || operands.type("input").dtype != DType::i8)
    return input_error("its input, weight and output are not all quantized to int8");
  const ir::Quantization& w = *weight.type.quantization;
  for (std::int32_t zero_point : w.zero_point)
    if (zero_point != 0) return input_error("the weight's zero point is " + std::to_string(zero_point) + ", must be 0");
  if (!w.is_per_tensor() && (w.axis != channel_axis || w.scale.size() != static_cast<std::size_t>(outputs)))
    return input_error("the weight is quantized along another axis than the output's channels");
  const ir::Value* bias = operands.value("bias");
  if (bias != nullptr && (bias->kind != ir::ValueKind::constant || bias->type.dtype != DType::i32))
    return input_error("the bias is not a constant of 32-bit integers");
  return {};
}

ChannelFactors channel_factors(const Operands& operands, std::int64_t outputs) {
  const ir::Quantization& x = *operands.type("input").quantization;
  const ir::Quantization& w = *operands.type("weight").quantization;
  const ir::Quantization& y = *operands.output_type().quantization;
  ChannelFactors factors{ir::Tensor(DType::i32, {outputs}), ir::Tensor(DType::i32, {outputs})};
  for (std::int64_t o = 0; o < outputs; ++o) {
    const double weight_scale = w.scale[static_cast<std::size_t>(o) % w.scale.size()];
    const Multiplier factor = to_multiplier(x.scale[0] * weight_scale / y.scale[0]);
    factors.multipliers.mutable_data<std::int32_t>()[o] = factor.multiplier;
    factors.shifts.mutable_data<std::int32_t>()[o] = factor.shift;
  }
  return factors;
}

std::vector<ir::NamedArgument> channel_requantization(const Operands& operands, Lowering& lowering,
                                                      std::int64_t outputs) {
  ChannelFactors factors = channel_factors(operands, outputs);
  const ir::Quantization& y = *operands.output_type().quantization;
  return {{"input_offset", std::int64_t{-operands.type("input").quantization->zero_point[0]}},
          {"output_offset", std::int64_t{y.zero_point[0]}},
          {"requantize_multipliers", lowering.constant("quantized_multiplier", std::move(factors.multipliers))},
          {"requantize_shifts", lowering.constant("quantized_shift", std::move(factors.shifts))},
          {"activation_min", y.quant_min},
          {"activation_max", y.quant_max}};
}

}  // namespace cortado::ops
