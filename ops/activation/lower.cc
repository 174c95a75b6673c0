#include "ops/activation/lower.h"

#include <cmath>
#include <cstdlib>

#include "ops/activation/contract.h"
#include "ops/definition.h"

namespace cortado::ops::activation {
namespace {

constexpr int entries = 256;

class OneTensor final : public Environment {
 public:
  OneTensor(const ir::Value& value, ir::Tensor tensor) : value_(&value), tensor_(std::move(tensor)) {}
  const ir::Tensor& at(const ir::Value& value) const override { return &value == value_ ? tensor_ : value.data; }

 private:
  const ir::Value* value_;
  ir::Tensor tensor_;
};

ir::Tensor numbers_of(const ir::Quantization& q) {
  ir::Tensor x(DType::f64, {entries});
  for (int i = 0; i < entries; ++i) x.mutable_data<double>()[i] = (i - 128 - q.zero_point[0]) * q.scale[0];
  return x;
}

// round(y / scale) + zero point, halves away from zero; poles go to the nearer end. False for NaN.
bool quantized(double y, const ir::Quantization& q, std::int8_t& result) {
  const double scaled = std::isfinite(y) ? y / q.scale[0] + q.zero_point[0] : y;
  if (std::isnan(scaled)) return false;
  const double low = static_cast<double>(q.quant_min), high = static_cast<double>(q.quant_max);
  result = static_cast<std::int8_t>(std::round(scaled < low ? low : scaled > high ? high : scaled));
  return true;
}

// Where the function is undefined the table continues the nearest defined entry, the lower one of two.
int nearest_defined(const bool (&defined)[entries], int index) {
  for (int distance = 0; distance < entries; ++distance) {
    if (index - distance >= 0 && defined[index - distance]) return index - distance;
    if (index + distance < entries && defined[index + distance]) return index + distance;
  }
  return -1;
}

}  // namespace

Status lower(const Operands& operands, Lowering& lowering) {
  ir::Value* input = ir::input_values(operands.node()).front();
  const ir::Type& type = operands.output_type();
  if (input == nullptr || input->type.dtype != DType::i8 || !input->type.is_quantized() || type.dtype != DType::i8 ||
      !type.is_quantized())
    return input_error("its input and result are not both quantized to int8");
  const Definition* definition = registry().find(operands.node().op);
  CORTADO_TRY(const auto results,
              definition->evaluate(operands, OneTensor(*input, numbers_of(*input->type.quantization))));
  ir::Tensor table(DType::i8, {entries});
  bool defined[entries];
  for (int i = 0; i < entries; ++i)
    defined[i] = quantized(results[0].as_double(i), *type.quantization, table.mutable_data<std::int8_t>()[i]);
  if (nearest_defined(defined, 0) < 0)
    return input_error("it is undefined over the whole range of its input", "check the calibration data");
  for (int i = 0; i < entries; ++i)
    if (!defined[i]) table.mutable_data<std::int8_t>()[i] = table.data<std::int8_t>()[nearest_defined(defined, i)];
  ir::Node* node = lowering.emit(QuantizedActivationArgs::name,
                                 {{"input", input}, {"lut", lowering.constant("lut", std::move(table))}}, {type});
  lowering.replace(*node->outputs[0]);
  return {};
}

}  // namespace cortado::ops::activation
