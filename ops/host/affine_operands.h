// The parameters of quantized_decomposed operators, as Quantization. Host.
#pragma once

#include "ops/affine.h"
#include "ops/host/build.h"

namespace cortado::ops {

// From the arguments scale and zero_point (numbers or one-element tensors), quant_min, quant_max.
inline ir::Quantization per_tensor_parameters(const Operands& operands, const Environment& environment) {
  const auto number = [&](std::string_view name) {
    const ir::Value* value = operands.value(name);
    if (value == nullptr) return operands.number(name);
    const ir::Tensor& tensor = environment.at(*value);
    return tensor.elements() > 0 ? tensor.as_double(0) : 0.0;
  };
  return ir::quantization(number("scale"), static_cast<std::int32_t>(number("zero_point")),
                          operands.integer("quant_min"), operands.integer("quant_max"));
}

// From the tensors scales and zero_points (absent: zeros) along `axis`.
inline ir::Quantization per_channel_parameters(const Operands& operands, const Environment& environment) {
  ir::Quantization q;
  const ir::Tensor& scales = environment.at(*operands.value("scales"));
  const ir::Value* zero_points = operands.value("zero_points");
  for (std::int64_t i = 0; i < scales.elements(); ++i) {
    q.scale.push_back(scales.as_double(i));
    q.zero_point.push_back(zero_points == nullptr ? 0
                                                  : static_cast<std::int32_t>(environment.at(*zero_points).as_int(i)));
  }
  q.axis = static_cast<int>(Operands::dimension(operands.integer("axis"), operands.shape("input").size()));
  q.quant_min = operands.integer("quant_min");
  q.quant_max = operands.integer("quant_max");
  return q;
}

inline bool is_quantized_dtype(DType dtype) {
  return !is_float(dtype) && dtype != DType::boolean && dtype != DType::i4;
}

inline std::vector<Constraint> per_channel_constraints() {
  return {{"the axis is a dimension of the input",
           [](const Operands& o) {
             const auto rank = static_cast<std::int64_t>(o.shape("input").size());
             return o.integer("axis") >= -rank && o.integer("axis") < rank;
           }},
          {"there are as many scales and zero points as channels", [](const Operands& o) {
             const auto axis = Operands::dimension(o.integer("axis"), o.shape("input").size());
             const std::int64_t channels = o.shape("input")[axis];
             const bool zero_points = !o.has("zero_points") || ir::element_count(o.shape("zero_points")) == channels;
             return zero_points && ir::element_count(o.shape("scales")) == channels;
           }}};
}

}  // namespace cortado::ops
