#include "ops/linear/lower.h"

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

}  // namespace

Status lower(const Operands& operands, Lowering& lowering) {
  ir::Value* weight = operands.value("weight");
  ir::Value* bias = operands.value("bias");
  const ir::Quantization& x = *operands.type("input").quantization;
  const ir::Quantization& w = *weight->type.quantization;
  const ir::Quantization& y = *operands.output_type().quantization;
  if (weight->kind != ir::ValueKind::constant) return input_error("linear needs constant weights");
  const auto [multiplier, shift] = to_multiplier(x.scale[0] * w.scale[0] / y.scale[0]);
  const std::int32_t input_offset = -x.zero_point[0];
  const bool folds_bias = lowering.target().isa == Isa::mve;
  ir::Argument bias_argument;
  ir::Argument sum_argument;
  if (folds_bias)
    sum_argument = lowering.constant("kernel_sum", kernel_sum(weight->data, bias, input_offset));
  else if (bias != nullptr)
    bias_argument = bias;
  ir::Node* node = lowering.emit(
      QuantizedLinearArgs::name,
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
