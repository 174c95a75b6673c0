#include "compiler/quantize/borders.h"

#include "ops/affine.h"

namespace cortado::compiler {
namespace {

std::vector<ir::NamedArgument> arguments(ir::Value& value, const ir::Quantization& quantization, DType dtype) {
  return {{"input", &value},
          {"scale", quantization.scale[0]},
          {"zero_point", std::int64_t{quantization.zero_point[0]}},
          {"quant_min", quantization.quant_min},
          {"quant_max", quantization.quant_max},
          {"dtype", dtype}};
}

}  // namespace

ir::Value* Borders::quantized(ir::Value& value, const ir::Quantization& quantization, const ir::Node* before) {
  if (value.type.quantization == quantization) return &value;
  if (value.type.is_quantized()) return quantized(*real(value, before), quantization, before);
  auto& known = quantized_[&value];
  for (const auto& [parameters, result] : known)
    if (parameters == quantization) return result;
  ir::Value* result;
  if (value.kind == ir::ValueKind::constant) {
    result = graph_->add_constant(value.name + "_int8", ops::quantized(value.data, quantization, DType::i8),
                                  value.source_name);
    result->type.quantization = quantization;
  } else {
    const ir::Type type{DType::i8, value.type.shape, value.type.dim_order, quantization};
    result = graph_
                 ->insert(before, "quantized_decomposed::quantize_per_tensor.default", value.name + "_quantized",
                          arguments(value, quantization, DType::i8), {type},
                          value.producer != nullptr ? value.producer->source : ir::Source{})
                 ->outputs[0];
  }
  known.emplace_back(quantization, result);
  return result;
}

ir::Value* Borders::real(ir::Value& value, const ir::Node* before) {
  if (!value.type.is_quantized()) return &value;
  ir::Value*& result = real_[&value];
  if (result != nullptr) return result;
  const ir::Type type{DType::f32, value.type.shape, value.type.dim_order, {}};
  result = graph_
               ->insert(before, "quantized_decomposed::dequantize_per_tensor.default", value.name + "_real",
                        arguments(value, *value.type.quantization, value.type.dtype), {type},
                        value.producer != nullptr ? value.producer->source : ir::Source{})
               ->outputs[0];
  return result;
}

}  // namespace cortado::compiler
