#include "ops/host/rescale.h"

#include <algorithm>

#include "ops/activation/contract.h"
#include "ops/int8_operands.h"

namespace cortado::ops {
namespace {

constexpr int lowest = -128, entries = 256;

ir::Tensor table(const ir::Quantization& from, const ir::Quantization& to) {
  ir::Tensor lut(DType::i8, {entries});
  for (int i = 0; i < entries; ++i) {
    const double number = static_cast<double>(i + lowest - from.zero_point[0]) * from.scale[0];
    lut.mutable_data<std::int8_t>()[i] = static_cast<std::int8_t>(stored_number(number, to));
  }
  return lut;
}

}  // namespace

ir::Value* rescaled(Lowering& lowering, ir::Value* value, const ir::Quantization& target) {
  const ir::Quantization own = *value->type.quantization;
  if (own.scale == target.scale && own.zero_point == target.zero_point) return value;
  const ir::Tensor lut = table(own, target);
  ir::Type type = value->type;
  type.quantization = target;
  if (value->kind == ir::ValueKind::constant) {
    ir::Tensor data(DType::i8, value->data.shape());
    const std::int8_t* from = value->data.data<std::int8_t>();
    std::transform(from, from + data.elements(), data.mutable_data<std::int8_t>(),
                   [&](std::int8_t q) { return lut.data<std::int8_t>()[q - lowest]; });
    ir::Value* constant = lowering.constant(value->name, std::move(data));
    constant->type = std::move(type);
    return constant;
  }
  return lowering
      .emit(QuantizedActivationArgs::name, {{"input", value}, {"lut", lowering.constant("lut", lut)}},
            {std::move(type)})
      ->outputs[0];
}

}  // namespace cortado::ops
